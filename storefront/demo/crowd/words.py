"""The words that invented products are made of."""

SHELVES = {
    "Table": {
        "Plates": "plate platter saucer charger tray",
        "Bowls": "bowl basin dish ramekin terrine",
        "Cups": "mug cup beaker tumbler goblet",
        "Glasses": "glass carafe decanter flute schooner",
        "Cutlery": "fork knife spoon ladle tongs",
    },
    "Kitchen": {
        "Pots": "saucepan casserole stockpot skillet wok",
        "Tea and coffee": "teapot kettle cafetiere percolator infuser",
        "Baking": "cake-tin muffin-tin rolling-pin sieve whisk",
        "Boards and blades": "bread-board cleaver peeler grater mandoline",
        "Storage": "jar canister crock bread-bin spice-rack",
    },
    "Cloth": {
        "Bedding": "pillowcase duvet-cover bolster eiderdown sheet",
        "Towels": "towel flannel bath-mat robe tea-towel",
        "Throws": "throw blanket quilt shawl plaid",
        "Table linen": "tablecloth napkin runner placemat doily",
        "Curtains": "curtain blind valance tie-back pelmet",
    },
    "Light": {
        "Lamps": "lamp lantern sconce pendant uplighter",
        "Candles": "candle taper tealight nightlight pillar",
        "Holders": "candlestick chamberstick candelabra snuffer hurricane",
        "Shades": "lampshade diffuser globe cone dome",
        "Garden light": "torch flare fire-bowl storm-lamp garland",
    },
    "Garden": {
        "Pots and planters": "planter flowerpot trough urn window-box",
        "Tools": "trowel spade rake dibber hoe",
        "Watering": "watering-can rose sprinkler hose rain-gauge",
        "Birds": "bird-bath nest-box feeder bird-table perch",
        "Seats": "bench deckchair stool hammock swing",
    },
    "Wash": {
        "Soap": "soap shampoo-bar soap-dish pumice lather",
        "Brushes": "nailbrush bath-brush dish-brush broom duster",
        "Bath": "sponge loofah bath-rack ladder caddy",
        "Laundry": "peg washboard laundry-bag clothes-horse iron",
        "Care": "comb mirror razor tweezers manicure-set",
    },
    "House": {
        "Baskets": "basket hamper trug pannier creel",
        "Boxes": "box chest trunk casket tin",
        "Walls": "shelf hook peg-rail picture-frame clock",
        "Floors": "rug doormat kilim runner-mat sheepskin",
        "Doors": "doorstop doorknob knocker letterbox bell",
    },
    "Seats and tables": {
        "Chairs": "chair armchair rocker settle carver",
        "Tables": "table desk sideboard console bureau",
        "Couches": "sofa daybed chaise ottoman pouffe",
        "Beds": "bedstead cot headboard mattress bunk",
        "Cupboards": "cupboard dresser wardrobe bookcase cabinet",
    },
    "Writing": {
        "Paper": "notebook sketchbook envelope postcard folder",
        "Pens": "pen pencil nib inkwell crayon",
        "Desk": "blotter stapler paperweight letter-opener bookend",
        "Wrapping": "ribbon twine wrapping-paper label sealing-wax",
        "Calendars": "calendar diary planner ledger almanac",
    },
    "Children": {
        "Toys": "top kite puzzle doll yo-yo",
        "Animals": "bear hare elephant whale hedgehog",
        "Building": "blocks train bridge castle farmyard",
        "Sleeping": "mobile night-lamp comforter cradle swaddle",
        "Eating": "bib egg-cup sippy-cup lunchbox porringer",
    },
    "Clothes": {
        "Aprons": "apron smock pinafore overall tabard",
        "Knitwear": "jumper cardigan waistcoat scarf mitten",
        "Hats": "hat beret bonnet cap headscarf",
        "Bags": "bag satchel rucksack tote purse",
        "Feet": "slipper sock clog boot sandal",
    },
    "Larder": {
        "Sweet": "honey marmalade fudge shortbread nougat",
        "Savoury": "mustard chutney pickle relish oatcake",
        "Drinks": "cordial cider tisane cocoa vermouth",
        "Spices": "saffron paprika nutmeg cardamom sumac",
        "Oils": "olive-oil vinegar walnut-oil ghee tahini",
    },
}
"""Shelves, the shelves that stand on them, and what stands there."""

ADJECTIVES = (
    "quiet slow plain broad narrow tall little heavy light early late northern southern coastal upland"
    " evening morning winter summer autumn spring sunday harbour meadow orchard cottage attic garden river"
    " forest moor island village market chapel quarry mill tower lighthouse ferry lantern ember ash frost"
    " cloud rain tide dune pebble feather clover thistle bramble heather willow hazel rowan linden juniper"
    " gentle honest humble merry patient sober steady tender thrifty wandering folded turned hammered woven"
    " knitted thrown carved dipped smoked salted washed brushed burnished ribbed fluted scalloped hooded"
    " footed lidded nesting stacking hanging standing leaning travelling everyday feast"
)
MATERIALS = (
    "stoneware earthenware porcelain terracotta enamel iron steel brass copper pewter silver oak ash beech"
    " walnut cherry pine bamboo willow-cane rattan linen cotton wool felt hemp silk velvet leather cork paper"
    " glass marble slate soapstone concrete beeswax rubber horn bone rush"
)
BRANDS = (
    "Ashwright|Field Loom|Hedgerow Tools|Slow Suds|North Kiln|Møller & Søn|Atelier Hélène|Casa Íñigo"
    "|Brüder Groß|Tidewater|Copper Lane|Old Quarry|Fennimore|Harbour Works|Juniper Row|Kestrel|Lowland Glass"
    "|Marsh & Reed|Nettlebed|Orchard Street|Pilgrim|Quince|Redshank|Saltmarsh|Thimble|Underhill"
    "|Vessel & Vine|Wainwright|Yarrow|Zephyr|Blackthorn|Candlewick|Dovecote|Elderfield|Foxglove|Greyfriars"
    "|Hollin|Ironbark|Jackdaw|Kittiwake"
)
SYLLABLES = (
    "ba be bo bra da del do dra el en er fa fel fi gal gan go har hel il in ka kel ko la len lo lun ma mel mi"
    " mo na nel ni no or pa pel ra ren ri ro sa sel si sol ta tel ti to tra va vel vi vo wen wil ya zan zel"
)
"""Names of series are made of these: twenty thousand words that stand in few products each."""
COLOURS = "white oat sand grey charcoal black blue teal green moss yellow ochre rust red plum pink"
SIZES = ("small", "medium", "large", "extra large")
FINISHES = ("matt", "glossy", "raw", "oiled", "limewashed")
SENTENCES = (
    "Made in {place} by people who {verb} for a living, and {verb2} for pleasure.",
    "The {part} is {manner} by hand, so no two are quite the same.",
    "It likes {habit}, and it will outlast the {room} it stands in.",
    "{adjective} enough for every day, and good enough for {guest}.",
    "Wipe it with a damp cloth; {care} does it no harm.",
    "We keep it because it is {adjective}, {adjective2} and never in the way.",
    "Comes in a box of recycled card, wrapped in {wrapping}.",
)
FILLINGS = {
    "place": "Wales Cornwall Saxony Thuringia Brittany Galicia Jutland Bavaria Tuscany Alsace Norfolk Orkney",
    "verb": "throw weave forge carve print blow knit stitch plane turn",
    "verb2": "sing bake swim read walk dance row garden paint cook",
    "part": "rim handle foot edge lid seam hinge neck base border spout hem",
    "manner": "finished polished rolled waxed trimmed glazed sewn bevelled rubbed signed",
    "habit": "sunlight shade company steam candlelight silence rain draughts neighbours weekends",
    "room": "kitchen hallway bathroom bedroom pantry porch study nursery cellar conservatory",
    "adjective": "strong simple soft warm cool bright calm deep smooth rough",
    "adjective2": "light dark cheerful modest sturdy graceful supple dense airy crisp",
    "guest": "grandmother visitors birthdays Christmas picnics neighbours weddings godparents",
    "care": "the dishwasher|boiling water|a little vinegar|an hour in the oven|the freezer|strong tea",
    "wrapping": "tissue straw cotton newspaper wood-wool muslin",
}
