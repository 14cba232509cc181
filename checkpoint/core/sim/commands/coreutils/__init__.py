"""The small tools of every workstation, as GNU's coreutils, grep, sed, find and diff behave."""

from checkpoint.core.sim.commands.coreutils import (
    changing,
    columns,
    comparing,
    finding,
    listing,
    reading,
    searching,
    sorting,
    stream_editing,
    surroundings,
)

ROWS = (
    *listing.ROWS,
    *finding.ROWS,
    *columns.ROWS,
    *reading.ROWS,
    *changing.ROWS,
    *sorting.ROWS,
    *searching.ROWS,
    *stream_editing.ROWS,
    *comparing.ROWS,
    *surroundings.ROWS,
)
