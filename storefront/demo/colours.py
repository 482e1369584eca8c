"""The colours of the demo's glazes, cloths and woods, by the names that its choices have."""

COLOURS = {
    "Tideline": "#4e7f86", "Oat": "#e2d5bd", "Ember": "#b9623d", "Moss": "#76815a", "Night": "#333c49",
    "Chalk": "#f6f0e3", "Rose": "#cf9d8d", "Iron": "#5d3b2c", "Celadon": "#a7bda6", "Fog": "#b4c1c3",
    "Clay": "#c38d70", "Sage": "#a3ad93", "Ink": "#48536a", "Flax": "#d4c4a4", "Rust": "#b06a48",
    "Olive": "#858460", "Barley": "#e6d9bd", "Slate": "#7d868b", "Terracotta": "#b5653f", "Cream": "#efe5cd",
    "Soot": "#3d4144", "Cherry": "#8a4a33", "Maple": "#d8b483",
    "Ash": "#cfa777", "Walnut": "#6d4a33", "Granite": "#8f8d88", "Marble": "#e6e2da", "Bone": "#ece0c4",
    "Forest": "#566048", "Brick": "#a9573a", "Indigo": "#48536a", "Natural": "#bd9f6b", "Brass": "#c29a58",
    "Black": "#4a4745",
}  # fmt: skip
