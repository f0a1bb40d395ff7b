"""Where the interpreter stops looking. Reaching a bound gives Unknown, never an error and never a guess."""

MAX_ALTERNATIVES = 8
"""How many things one expression may be before it is Unknown."""

MAX_REFERENCES = 16
"""How many of them are kept track of even so, where they can be changed in place."""

MAX_CALL_DEPTH = 5
"""How deep calls of the project's own functions are followed."""

MAX_BASES = 16
"""How far up a chain of base classes a member is looked for."""

MAX_LOOP_PASSES = 2
"""How often the body of a loop over something unknown is interpreted."""

MAX_WIDENINGS = 3
"""How often it is run again after that, each time with less known of what changes in it."""

MAX_TESTS = 16
"""How many `and`, `or` and `not` of one condition are taken apart to see what it says of values."""

MAX_LOOP_DEPTH = 3
"""In how many loops another one may lie before it is run only once, from a state of which nothing is known."""

MAX_COMPARED_DEPTH = 2
"""How deep what one turn of a loop leaves behind is compared with what the turn before it left."""

MAX_UNROLLED = 16
"""How many turns loops over known sequences are run item by item, those of nested loops multiplied."""

MAX_YIELDS = 16
"""How many values that a generator yields are kept apart."""

MAX_ITEMS = 4_096
"""How many items a sequence may have before it is open; a display that long is written out by a machine."""

MAX_JOINED_ITEMS = 128
"""How many items of a list are kept apart where two paths meet; a longer one is open from there on."""

MAX_SNAPSHOT_DEPTH = 6
"""How deep nested containers are copied out of the heap for an event."""

MAX_SNAPSHOT_SIZE = 2_000
"""How many values are copied out of the heap for an event; containers that hold one another would never end."""

MAX_TEXT = 100_000
"""How long a folded string may grow, in code points."""

MAX_STEPS = 200
"""How many statements of called functions are run while one function or module body is interpreted. Its own statements
do not count, so that the cost of a module grows with its length and not with the number of ways through it."""

WEIGHT_ELSEWHERE = 4
"""How many steps a statement of another module counts as: it is looked at on behalf of many, and once for itself."""

MAX_STEPS_PER_STATEMENT = 5
"""The same for a whole module, per statement that it has."""

MAX_NESTING = 120
"""How deep expressions and blocks may nest before the rest is Unknown; the parser's guard admits not much more."""

MAX_FOLDERS_UP = 8
"""How many folders above a file's package are searched for the modules that it imports."""

MAX_NEIGHBOURS = 512
"""How many names of other modules are looked up for one module; a quarter as many for each of those, and so on."""

MAX_IMPORT_DEPTH = 5
"""How long a chain of modules may grow each of which needs the next one to run its body."""

MAX_HOPS = 16
"""From how many modules to the next a name is followed that is only passed on."""

MAX_PROMISES = 8
"""How deep calls of other modules are worked out that need one another's results."""

MAX_KEPT_STATEMENTS = 30_000
"""How many simple statements of other modules are kept for whoever asks next; a thousand take some four megabytes."""

MAX_KEPT_SOURCE = 1_000_000
"""How many code points of statements of other modules stay parsed."""

MAX_MODULE = 2_000_000
"""Bytes; a larger file is not opened on behalf of another one."""

MAX_PART = 1_500
"""How many lines of another module are read for one name in it."""

MAX_LEADS = 2
"""Through how many other modules it is followed whether a name leads to a call of interest."""

MAX_SEARCHED_FILES = 5_000
"""How many files of a project are looked through, unparsed, for where a setting is set; in a larger one none is."""

MAX_SEARCHED_BYTES = 64_000_000
"""And how many bytes."""

MAX_FILLERS = 24
"""How many files that may set a setting are parsed and run for it; where there are more, it is Unknown."""

MAX_KEPT_FILLINGS = 64
"""For how many files it is remembered what they set; they are run again when somebody asks after that."""

MAX_CALLERS_UP = 3
"""From how many functions to the one that calls it callers are looked for in files without any mark of a library."""

MAX_CALLING_FILES = 50
"""In how many such files a name may occur before nobody takes it for that of the function whose callers are wanted."""
