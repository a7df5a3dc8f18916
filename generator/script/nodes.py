"""The kinds of nodes of Python's syntax trees, without what the module ast has besides: a check starts sooner."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ast import *
else:
    from _ast import *
