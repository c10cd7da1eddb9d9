"""A harness that breaks the ground under a host: its disk, its database, its line to it, its clock, and itself.

`python -m tests.faults --rounds N --seed S` tries faults for as long as it is told and keeps how many it tried; the tests
beside it try a bounded part of the same. docs/faults.md says what is tried and against what it is held.

| file | says |
|---|---|
| `shim.c`, `shim` | what stands between a database and its disk: it records, and does as it is ordered |
| `disk` | from what was recorded, every disk that a loss of power could have left |
| `sqlite_ground`, `postgresql_ground` | a real host over a real database, that can be killed, paused and started again |
| `proxy` | a line to the database that is cut |
| `clients` | people who sign, send until they have a receipt, and keep it |
| `holding` | what must hold afterwards, whatever happened |
| `power_cuts`, `under_load` | the two ways of trying: every disk after the fact, and every fault while people act |
| `careless` | hosts with one line of care left out: they must be caught |
| `tally` | what was tried, counted and kept |
"""
