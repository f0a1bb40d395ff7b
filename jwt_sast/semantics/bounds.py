"""Where the interpreter stops looking. Reaching a bound gives Unknown, never an error and never a guess."""

MAX_ALTERNATIVES = 8
"""How many things one expression may be before it is Unknown."""

MAX_CALL_DEPTH = 5
"""How deep calls of the project's own functions are followed."""

MAX_BASES = 16
"""How far up a chain of base classes a member is looked for."""

MAX_LOOP_PASSES = 2
"""How often the body of a loop over something unknown is interpreted."""

MAX_UNROLLED = 16
"""How long a known sequence may be for a loop over it to be run item by item."""

MAX_SNAPSHOT_DEPTH = 6
"""How deep nested containers are copied out of the heap for an event."""

MAX_TEXT = 100_000
"""How long a folded string may grow, in code points."""

MAX_STEPS = 3_000
"""How many statements of called functions are run while one function or module body is interpreted. Its own statements
do not count, so that the cost of a module grows with its length and not with the number of ways through it."""

MAX_STEPS_PER_STATEMENT = 10
"""The same for a whole module, per statement that it has."""

MAX_NESTING = 120
"""How deep expressions and blocks may nest before the rest is Unknown; the parser's guard admits not much more."""
