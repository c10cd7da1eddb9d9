// Written by tests/javascript/generated.py from detente.keys.word_list; do not edit by hand.
// The 256 words of a fingerprint, one for each value of a byte.

/** @type {readonly string[]} */
export const WORDS = Object.freeze([
  "acorn", "alder", "amber", "anchor", "apple", "april", "arrow", "aspen", "atlas", "autumn", "azure",
  "bamboo", "basket", "beacon", "bench", "berry", "birch", "biscuit", "blanket", "blossom", "bonnet",
  "bottle", "bowl", "bramble", "bread", "brick", "brook", "brush", "bucket", "bundle", "butter", "cabin",
  "cactus", "camel", "candle", "carpet", "castle", "cedar", "cello", "chalk", "cherry", "chimney",
  "choir", "cider", "circle", "clay", "cliff", "clock", "coast", "cobble", "coffee", "copper", "coral",
  "cotton", "cradle", "cricket", "crocus", "crystal", "cupboard", "curtain", "daisy", "dancer", "desert",
  "diary", "dolphin", "donkey", "dragon", "drum", "dune", "eagle", "easel", "echo", "elbow", "engine",
  "evening", "fable", "falcon", "farmer", "feather", "fiddle", "field", "finch", "flag", "flint", "flute",
  "folder", "forest", "fossil", "fountain", "frost", "fruit", "gallery", "garden", "ginger", "giraffe",
  "glacier", "globe", "goat", "goose", "grape", "green", "guitar", "hammock", "harbour", "hazel",
  "helmet", "heron", "hill", "hollow", "honey", "horse", "hotel", "igloo", "indigo", "island", "ivory",
  "jacket", "jasmine", "jelly", "jigsaw", "juniper", "kayak", "kettle", "kitchen", "kiwi", "ladder",
  "lagoon", "lantern", "laurel", "lemon", "letter", "lilac", "linen", "lizard", "lobster", "lotus",
  "magnet", "maple", "marble", "meadow", "melon", "mirror", "mitten", "monsoon", "morning", "moss",
  "muffin", "mustard", "nectar", "needle", "nickel", "noodle", "nutmeg", "oasis", "ocean", "olive",
  "onion", "opal", "orange", "orchard", "otter", "oven", "oyster", "paddle", "palm", "panda", "paper",
  "parrot", "pasture", "peach", "pebble", "pencil", "pepper", "piano", "picnic", "pigeon", "pine",
  "planet", "plum", "polar", "poppy", "porch", "potato", "prairie", "pumpkin", "puzzle", "quartz",
  "quilt", "rabbit", "radio", "raven", "ribbon", "river", "robin", "rocket", "rose", "ruby", "salmon",
  "sandal", "scarf", "school", "season", "shadow", "shell", "silver", "sketch", "slate", "slipper",
  "snail", "snow", "sofa", "sparrow", "spoon", "spring", "square", "stable", "steam", "stone", "sugar",
  "summer", "sunset", "swan", "tango", "teapot", "temple", "thunder", "ticket", "tiger", "timber",
  "tomato", "tower", "trumpet", "tulip", "tunnel", "turtle", "umbrella", "valley", "vanilla", "velvet",
  "village", "violin", "volcano", "voyage", "waffle", "wagon", "walnut", "water", "wheat", "whistle",
  "willow", "window", "wolf", "wool", "yacht", "yellow", "zebra",
]);
