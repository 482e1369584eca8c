"""The second picture of each thing: near, from above, among others, beside what one knows the size of."""

from studio.colours import (
    CLAY_WALL,
    CLOTHS,
    DUSK_TABLE,
    ENAMELS,
    GLAZES,
    GREEN_WALL,
    LINEN_CLOTH,
    MIST,
    OAK_TABLE,
    PALE_TABLE,
    PAPER,
    SAGE,
    SAND,
)
from studio.forms import (
    cloths,
    cooking,
    cutlery,
    desk,
    garden,
    hall,
    keeping,
    lights,
    meals,
    outside,
    rooms,
    sheds,
    sills,
    stove,
    textiles,
)
from studio.picture import Backdrop
from studio.taking import Shot

BARLEY = {"": {"cloth": "#e6d9bd", "fringe": "#e6d9bd", "stripe": "#a9764f"}}
INDIGO = {"": {"cloth": "#ddd3bf", "stripe": "#48536a", "fringe": "#ddd3bf"}}
PENCILS = {"": GLAZES["tideline"] | {"pencil": "#b9623d", "pencil2": "#76815a", "pencil3": "#48536a"}}
CLOCK = {"": GLAZES["chalk"] | {"mark": "#3d4144"}}
GREEN_PAPER = Backdrop("#a9b09a")

SCENES = (
    Shot("harbour-vase-together", sills.harbour_vases, 9, OAK_TABLE),
    Shot("stem-bottle-together", sills.stem_bottles, 8, GREEN_WALL),
    Shot("moon-jar-together", sills.moon_jars, 10, DUSK_TABLE),
    Shot("amphora-together", sills.amphoras, 9, PALE_TABLE),
    Shot("bud-trio-on-books", sills.buds, 12, CLAY_WALL),
    Shot("ginger-jar-open", sills.ginger_jars, 24, OAK_TABLE, {"": GLAZES["night"]}, fill=1.12),
    Shot("ring-bottle-together", sills.ring_with_branch, 9, CLAY_WALL),
    Shot("supper-plate-pile", meals.plates, 13, PALE_TABLE),
    Shot("porridge-bowl-nested", meals.bowls, 20, OAK_TABLE),
    Shot("everyday-mug-together", meals.mugs, 24, LINEN_CLOTH),
    Shot("stacking-cups-tower", meals.cup_towers, 13, DUSK_TABLE),
    Shot("slow-teapot-with-cups", meals.tea_for_two, 22, OAK_TABLE),
    Shot("pouring-jug-together", cooking.jug_and_bowl, 13, GREEN_WALL),
    Shot("salt-cellar-open", cooking.open_salt, 44, DUSK_TABLE, {"": GLAZES["night"]}),
    Shot("bread-board-with-bread", cooking.bread_on_board, 36, LINEN_CLOTH, fill=1.2),
    Shot("sunday-dish-laid", meals.laid_dish, 40, LINEN_CLOTH, fill=1.12),
    Shot("egg-stand-together", meals.four_eggs, 20, PALE_TABLE),
    Shot("cake-stand-with-cake", meals.cake, 16, GREEN_WALL, {"": GLAZES["rose"]}),
    Shot("butter-dish-open", meals.open_butter, 34, OAK_TABLE, {"": GLAZES["fog"]}, fill=1.12),
    Shot("table-cutlery-beside-a-plate", meals.place_setting, 58, LINEN_CLOTH, fill=1.1),
    Shot("larder-canisters-in-use", cooking.morning_coffee, 15, PALE_TABLE),
    Shot("mortar-and-pestle-above", cooking.crushed, 44, OAK_TABLE),
    Shot("rolling-pin-in-use", cooking.dough, 42, DUSK_TABLE),
    Shot("iron-skillet-in-use", cooking.fried_eggs, 50, LINEN_CLOTH, fill=1.15),
    Shot("coffee-dripper-above", stove.coffee_dripper, 52, OAK_TABLE, {"": GLAZES["night"]}),
    Shot(
        "casserole-open", cooking.open_casserole, 34, OAK_TABLE, {"": {"enamel": ENAMELS["sage"]}}, fill=1.2
    ),
    Shot("wooden-spoons-near", cutlery.wooden_spoons, 14, SAND, fill=2.1, aim=(-0.1, 0.55)),
    Shot("rope-trivet-in-use", cooking.pot_on_trivet, 26, DUSK_TABLE),
    Shot("dusk-lamp-in-use", rooms.lamp_on_books, 9, DUSK_TABLE),
    Shot("beeswax-candles-near", lights.beeswax_candles, 24, SAND, fill=2.0, aim=(0.0, 0.35)),
    Shot("chamberstick-in-use", rooms.candle_on_books, 14, DUSK_TABLE),
    Shot("dome-pendant-in-use", rooms.over_the_table, 5, GREEN_WALL, fill=1.75, aim=(0, -0.45)),
    Shot("star-lantern-together", rooms.lanterns, 11, DUSK_TABLE),
    Shot("dinner-tapers-together", rooms.taper_bundles, 60, LINEN_CLOTH, fill=1.1),
    Shot("reading-lamp-in-use", rooms.lamp_over_book, 12, OAK_TABLE),
    Shot(
        "waffle-towel-near", cloths.waffle_towel, 34, PAPER, {"": {"cloth": CLOTHS["clay"]}}, 2.4, (-0.1, 0.2)
    ),
    Shot("table-napkins-together", rooms.napkin_piles, 44, PALE_TABLE, fill=1.3),
    Shot("wool-throw-near", cloths.wool_throw, 20, SAND, BARLEY, 2.3, (0.35, 0.05)),
    Shot("linen-cushion-together", rooms.cushions, 12, GREEN_WALL),
    Shot("striped-rug-near", textiles.striped_rug, 24, SAND, INDIGO, 2.2, (-0.5, 0.0)),
    Shot("market-bag-in-use", rooms.full_bag, 10, CLAY_WALL),
    Shot(
        "linen-apron-near",
        textiles.linen_apron,
        84,
        MIST,
        {"": {"cloth": CLOTHS["olive"], "strap": "#d4c4a4"}},
        2.3,
        (0, -0.25),
    ),
    Shot("step-planter-together", sheds.planters, 11, PALE_TABLE),
    Shot("watering-can-in-use", sheds.can_and_planter, 12, GREEN_WALL),
    Shot("hand-trowel-near", garden.hand_trowel, 50, SAND, fill=2.3, aim=(0.25, 0.25)),
    Shot("bird-house-near", outside.bird_house, 8, SAGE, {"": {"roof": "#5f676c"}}, 2.0, (0.1, -0.05)),
    Shot("hanging-garden-near", outside.hanging_garden, 9, SAND, {"": GLAZES["ember"]}, 3.0, (0, -0.50)),
    Shot("herb-snips-in-use", sheds.cut_herbs, 44, PALE_TABLE, fill=1.08),
    Shot("garden-twine-together", sheds.twines, 20, OAK_TABLE),
    Shot("soap-dish-above", sheds.empty_soap_dish, 58, PALE_TABLE, {"": GLAZES["chalk"]}),
    Shot("three-soaps-in-use", sheds.soaps_and_dish, 28, PALE_TABLE),
    Shot("dish-brush-in-use", sheds.brush_and_plates, 26, OAK_TABLE, fill=1.5, aim=(0.05, -0.1)),
    Shot("pump-bottle-in-use", sheds.basin, 16, CLAY_WALL),
    Shot("sea-sponge-in-use", sheds.bath, 20, PALE_TABLE),
    Shot("willow-basket-in-use", sheds.basket_with_bread, 34, OAK_TABLE),
    Shot(
        "nesting-boxes-near", keeping.nesting_boxes, 20, SAND, {"": {"wood": "#c08a5f"}}, 1.5, (-0.25, 0.25)
    ),
    Shot("peg-rail-near", keeping.peg_rail, 62, SAND, fill=2.3, aim=(-0.1, 0.75)),
    Shot(
        "hand-cut-tiles-near", keeping.hand_cut_tiles, 34, PAPER, {"": GLAZES["tideline"]}, 1.7, (-0.1, -0.25)
    ),
    Shot("wall-clock-near", hall.wall_clock, 66, SAGE, CLOCK, 2.1, (0.15, 0.15)),
    Shot(
        "wall-shelf-near",
        lambda: hall.hung(rooms.kept_on_shelf()),
        70,
        PAPER,
        {"": {"wood": "#7d5438"}},
        2.0,
        (0.4, 0.25),
    ),
    Shot("botanical-print-together", rooms.both_prints, 84, GREEN_PAPER, fill=1.18),
    Shot("milking-stool-in-use", rooms.stool_in_use, 16, GREEN_WALL, fill=1.1),
    Shot("cloth-notebook-in-use", rooms.writing, 46, OAK_TABLE),
    Shot("pencil-pot-above", desk.pencil_pot, 48, PALE_TABLE, PENCILS, 1.2),
    Shot("bookends-near", desk.bookends, 16, SAND, {"": {"plate": "#c29a58"}}, 1.6, (-0.35, -0.3)),
)
