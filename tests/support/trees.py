"""What the tests ask of syntax trees."""

from __future__ import annotations

import ast


def name_of_call(call: ast.Call) -> str:
    """Return the last name of what is called: of ``os.path.join(a)`` it is ``join``; of ``f()()`` there is none."""
    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
