"""Marked-up example sentences: the expected result stands inline.

`[[30/8|2023-08-30]]` marks a span and, after bars, the fields expected of it, in the order that the test
that uses it states. Brackets may nest. `unmark` returns the plain text and the marks in text order.
"""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    start: int
    end: int
    text: str
    fields: tuple[str, ...]


def unmark(marked: str) -> tuple[str, list[Mark]]:
    plain: list[str] = []
    size = 0
    stack: list[tuple[int, list[str] | None]] = []
    marks: list[Mark] = []
    i = 0
    while i < len(marked):
        if marked.startswith("[[", i):
            stack.append((size, None))
            i += 2
        elif stack and marked.startswith("]]", i):
            start, fields = stack.pop()
            end = size
            marks.append(Mark(start, end, "".join(plain)[start:end], tuple(fields or ())))
            i += 2
        elif stack and marked[i] == "|":
            stop = marked.index("]]", i)
            stack[-1] = (stack[-1][0], marked[i + 1 : stop].split("|"))
            i = stop
        else:
            plain.append(marked[i])
            size += 1
            i += 1
    assert not stack, f"unclosed mark in {marked!r}"
    return "".join(plain), sorted(marks)
