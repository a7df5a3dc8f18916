"""Changing a scoring call's arguments: values replaced where they stand, arguments put in and taken out."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from generator.facts.modules import Parameter, Port, Value
from generator.findings import UnfollowableError
from generator.rules.literals import quoted, spell
from generator.script import designer
from generator.script.arguments import Argument, why_unknown
from generator.script.calls import ScoringCall
from generator.script.edit import statements
from generator.script.edit.enum_imports import Enums
from generator.script.edit.proof import Allowed
from generator.script.execution import OTHER, READ, Execution
from generator.script.objects import Known, Spot
from generator.script.scopes import Names, Scope, is_init
from generator.script.values import member
from generator.text.spans import Edit, Span, Text, start_of, within
from generator.translations.language import say

if TYPE_CHECKING:
    from generator.script.edit.bracket_list import Series

_CHANGING = {
    *("append", "clear", "extend", "insert", "pop", "popitem", "popleft", "put", "remove", "setdefault", "update"),
}
_NEEDS_PARENTHESES = (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr, ast.UnaryOp)
_QUOTE = re.compile(r"[rRuUbBfF]*(['\"])")
_BEHIND_BRACKET = re.compile(r"[)\]}]*(?P<comment>(?:[ \t\f]*#[^\r\n]*)?)(?=[\r\n]|\Z)")
_FOR_TOOLS = re.compile(r"\s*#\s*(?:noqa|nosec|type:|pragma|pylint|fmt:|mypy|pyright|scoregen)")
_PARENTHESES = (re.compile(r"\([ \t\f\r\n]*\Z"), re.compile(r"[ \t\f\r\n]*\)"))
_NAME_AND_EQUALS = re.compile(r"([^\W\d]\w*)(\s*)(=\s*)")
_KEY_AND_COLON = re.compile(r"(([\"'])[^\"'\\]*\2)(\s*)(:\s*)")


class Editor:
    """Gathers the edits of one script."""

    def __init__(
        self,
        text: Text,
        names: Names,
        execution: Execution,
        enums: Enums,
        call: ScoringCall,
        arguments: dict[str, Argument],
        alike: Collection[ScoringCall] = (),
    ) -> None:
        """Take the script as it was read; ``alike`` are calls that are to be given the same as ``call``."""
        self._calls = {id(call.node), *(id(each.node) for each in alike)}
        self._execution = execution
        self.allowed = Allowed(set(), set(), {}, set(), set(), set(), {})
        self._text = text
        self._names = names
        self._enums = enums
        self._call = call
        self._arguments = arguments
        self._order = {name: index for index, name in enumerate(call.table.argument_order)}
        self._values: list[Edit] = []
        self._inserted: list[tuple[Parameter | Port, Any]] = []
        self._removed: list[Argument] = []
        self._overriding: list[tuple[Parameter, Value]] = []

    def replace(self, parameter: Parameter, argument: Argument, value: Value) -> None:
        """Give an argument another value, at the name's assignment where nothing else uses the name."""
        node, scope = self._place_of_value(argument)
        self.allowed.replaced.add(id(node))
        span, source = self._new_value(parameter, node, scope, value)
        self._values.append(Edit(span, source))

    def put_right(self, parameter: Parameter, node: ast.expr, scope: Scope, value: Value) -> None:
        """Mend a wrong expression where it stands, for all that use it."""
        self.allowed.replaced.add(id(node))
        self._values.append(Edit(*self._new_value(parameter, node, scope, value)))

    def insert(self, parameter: Parameter, value: Value) -> None:
        """Add an argument."""
        self._inserted.append((parameter, value))

    def override(self, parameter: Parameter, value: Value) -> bool:
        """Give a value behind all that the call's ``**params`` holds; say whether the call has one such dict.

        module.run(learner=model, **params)
        module.run(learner=model, **{**params, "count": 7})
        """
        spread = self._spread()
        if spread is None or any(keyword.arg == parameter.name for keyword in self._call.node.keywords):
            return False
        self._overriding.append((parameter, value))
        self.allowed.overridden.setdefault(id(spread), []).append(parameter.name)
        return True

    def _spread(self) -> ast.expr | None:
        spread = [keyword.value for keyword in self._call.node.keywords if keyword.arg is None]
        return spread[0] if len(spread) == 1 else None

    def _overriding_edits(self) -> Iterator[Edit]:
        spread = self._spread()
        if spread is not None and self._overriding:
            whole = self._text.of(spread)
            quote = self._quote(None)
            items = [
                f"{quoted(parameter.name, quote)}: {self._spelled(parameter, value, quote, self._call.scope)}"
                for parameter, value in self._overriding
            ]
            dict_source = f"({whole})" if isinstance(spread, _NEEDS_PARENTHESES) else whole
            yield Edit(self._text.span(spread), f"{{**{dict_source}, {', '.join(items)}}}")

    def remove(self, argument: Argument) -> None:
        """Take an argument out. Raises UnfollowableError where something reads it."""
        # settings.setdefault("score", {})["count"] = 5    taken out, settings["score"] would not be there
        taken = [argument.value, *(argument.holder.targets if isinstance(argument.holder, ast.Assign) else ())]
        if argument.holder is None or any(_changes_something(node, self._acting_in(node)) for node in taken):
            message = say(
                "{name} is put in here in a way that cannot be taken out: take it out by hand", name=argument.name
            )
            raise UnfollowableError(message, argument.key)
        readers = self._execution.key_reads.get(id(argument.key), [])
        readers += self._names_in(argument.value) + self._unseen_readers(argument)
        if readers:
            line = readers[0].lineno  # type: ignore[attr-defined]
            message = say(
                "{name} is read in line {line}, which would fail without it: change that first",
                name=argument.name,
                line=line,
            )
            raise UnfollowableError(message, readers[0])
        self._removed.append(argument)

    def _acting_in(self, node: ast.expr) -> Collection[str]:
        """Return the names of functions that do more than give a value, where an expression calls any."""
        return self._acting if any(isinstance(inner, ast.Call) for inner in ast.walk(node)) else ()

    @functools.cached_property
    def _acting(self) -> set[str]:
        """The names of the script's functions that do more than give a value, by themselves or by what they call."""
        scopes = [scope.node for scope in self._names.scopes]
        functions = [node for node in scopes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        found: set[str] = set()
        while new := {node.name for node in functions if node.name not in found and _acts(node, found)}:
            found |= new
        return found

    def _names_in(self, node: ast.expr) -> list[ast.AST]:
        """Return what reads the names that an expression assigns with ``:=``."""
        inside = {id(inner) for inner in ast.walk(node)}
        names = [inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)]
        uses = [use.node for scope in self._names.scopes for name in names for use in scope.uses.get(name, [])]
        return [use for use in uses if id(use) not in inside]

    def _unseen_readers(self, argument: Argument) -> list[ast.AST]:
        """Return what reads the dict of an argument where the endpoint never comes by."""
        target = argument.holder.targets[0] if isinstance(argument.holder, ast.Assign) else None
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            names = [(target.value.id, argument.scope.home(target.value.id))]
        else:
            names = [
                (name, scope)
                for scope in self._names.scopes
                for name, bindings in scope.bindings.items()
                if any(binding.value is argument.holder for binding in bindings)
            ]
        uses = [use for name, scope in names for use in self._uses(name, scope)]
        return [use for use in uses if id(use) not in self._execution.visited]

    def hand_over(self, port: Port, argument: Argument | None) -> None:
        """Give the call the dataset that init() has loaded into the global of the port's name."""
        if argument and self._runs_before_init_ends(argument):
            self.remove(argument)
            argument = None
        self._set_source(port, argument, port.name)

    def hand_over_nothing(self, port: Port, argument: Argument | None) -> None:
        """Give the call None for a dataset."""
        if argument:
            self._set_source(port, argument, "None")

    def _set_source(self, port: Port, argument: Argument | None, source: str) -> None:
        if argument is None:
            self._inserted.append((port, source))
        elif argument.places or argument.maybe or not self._is_written(argument):
            why, node = why_unknown(argument)
            raise UnfollowableError(say("{name} {why}: give it in one place", name=port.name, why=why), node)
        elif self._text.of(argument.value) != source:
            self.allowed.replaced.add(id(argument.value))
            self._values.append(Edit(self._text.span(argument.value), source))

    def _runs_before_init_ends(self, argument: Argument) -> bool:
        """Say whether an argument is given where a dataset is not loaded yet: in the module, or in init()."""
        scope = argument.scope.function
        return scope.parent is None or is_init(scope)

    def edits(self) -> list[Edit]:
        """Return all edits; those within one call or dict display are one, and so are those of displays in it."""
        lines = self._new_lines()
        edits = [*self._values, *self._overriding_edits(), *(edit for edit, _ in lines)]
        added = [item for item in self._inserted if item not in [item for _, item in lines]]
        gone = self._gone()
        self.allowed.gone.update(map(id, gone))
        self.allowed.removed.update(id(argument.key) for argument in self._removed)
        removed = [argument.holder for argument in self._removed if not isinstance(argument.holder, ast.Assign)]
        changed = {id(holder): holder for holder in removed}
        inserted: dict[int, list[tuple[Parameter | Port, Any]]] = {}
        for item in sorted(added, key=lambda item: self._order[item[0].name]):
            holder = self._main_holder(item[0])
            changed[id(holder)] = holder
            self.allowed.added.setdefault(id(holder), set()).add(item[0].name)
            inserted.setdefault(id(holder), []).append(item)
        removals = statements.without(self._text, self._names.module.node, gone, comments=True)
        # run(model, **{"count": 5}): the display first, whose edit then is a part of the call's
        for holder in sorted(changed.values(), key=lambda holder: _length(self._text.span(holder))):
            span = self._text.span(holder)
            inside = [edit for edit in edits if _replaces_within(edit, span)]
            edited = self._edited_holder(holder, inside, inserted.get(id(holder), []))
            edits = [*(edit for edit in edits if edit not in inside), *edited]
        edits = [edit for edit in edits if not any(_replaces_within(edit, removal.span) for removal in removals)]
        return [*edits, *removals, *self._import_edits()]

    def _gone(self) -> list[ast.stmt]:
        """Return the statements that do nothing any more: assignments taken out, ``params.update()`` with nothing."""
        keys = [argument.key for argument in self._removed]
        gone: list[ast.stmt] = [item.holder for item in self._removed if isinstance(item.holder, ast.Assign)]
        holders = {id(item.holder): item.holder for item in self._removed if not isinstance(item.holder, ast.Assign)}
        inserted = [self._main_holder(item) for item, _ in self._inserted]
        emptied = [
            holder
            for holder in holders.values()
            if holder not in inserted and all(key in keys for key, _ in _item_nodes(holder))
        ]
        # params.update({"count": 5}) goes whole where count was all that it set
        for node in ast.walk(self._names.module.node) if emptied else ():
            if isinstance(node, ast.Expr) and _updates_only_with(node.value, emptied):
                gone.append(node)
        return gone

    def _place_of_value(self, argument: Argument) -> Spot:
        """Return the expression to change so that an argument, and nothing else, gets another value.

            TOP = 5                      # here, where nothing else reads TOP
            ...
            top = TOP                    # or here
            ...
            module.run(..., count=top)   # else here

        Raises UnfollowableError where there is none.
        """
        worth = argument.worth
        if argument.places or argument.maybe or not self._is_written(argument):
            why, node = why_unknown(argument)
            raise UnfollowableError(
                say("{name} {why}: set it in one place only, in the call or in its dict", name=argument.name, why=why),
                node,
            )
        spots = list(worth.trace) if isinstance(worth, Known) else []
        if not spots or spots[-1].node is not argument.value:
            spots.append(Spot(argument.value, argument.scope))
        for number, spot in enumerate(spots):
            if self._is_own(spot.node, argument) and not self._is_named_for_value(spots, number):
                return spot
        raise UnfollowableError(
            say("the value of {name} is used elsewhere too: give the call a value of its own", name=argument.name),
            argument.value,
        )

    def _is_written(self, argument: Argument) -> bool:
        return argument.value is not self._call.node

    def _is_own(self, node: ast.expr, argument: Argument) -> bool:
        """Say whether what an expression gives reaches an argument, and else only what looks that up by its name."""
        allowed: set[Any] = {(READ, argument.name), *((call, argument.name) for call in self._calls)}
        if isinstance(argument.value, ast.NamedExpr) and argument.value.value is node:
            allowed.add(OTHER)  # the argument has a name of its own, and what reads that is to see the new value
        return (
            self._execution.consumers.get(id(node), set()) <= allowed
            and not _does_something(node, self._acting_in(node))
            and not self._is_read_unseen(node)
        )

    def _is_read_unseen(self, node: ast.expr) -> bool:
        """Say whether the name that an expression is assigned to is read where the endpoint never comes by."""
        for scope in self._names.scopes:
            for name, bindings in scope.bindings.items():
                if any(binding.value is node for binding in bindings):
                    return any(id(use) not in self._execution.visited for use in self._uses(name, scope))
        return False

    def _is_named_for_value(self, spots: list[Spot], number: int) -> bool:
        """Say whether a value has a name that tells it, as in ``TOP_5 = 5``: that stays."""
        if number + 1 == len(spots):
            return False
        value = spots[number].node
        named = spots[number + 1].node
        name = named.id if isinstance(named, ast.Name) else named.attr if isinstance(named, ast.Attribute) else ""
        words = set(re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name))
        own = _words_of_value(value)
        return bool(own & {word.lower().rstrip("s") for word in words})

    def _uses(self, name: str, home: Scope) -> list[Any]:
        """Return the nodes that read a name of a scope."""
        return [
            use.node
            for scope in self._names.scopes
            if name in scope.uses and scope.home(name) is home
            for use in scope.uses[name]
        ]

    def _new_value(self, parameter: Parameter, node: ast.expr, scope: Scope, value: Value) -> tuple[Span, str]:
        """Return the part of a value that changes, and what is to stand there."""
        span = self._text.span(node)
        if _is_member(parameter) and isinstance(value, str) and isinstance(node, (ast.Attribute, ast.Subscript)):
            old = member(node, scope, self._call.table)
            if old and old.imported and old.enum == parameter.enum:
                self._enums.used.add(old.enum)  # Kind.Rating -> Kind.Item, Kind["Rating"] -> Kind["Item"]: no more
                if isinstance(node, ast.Attribute):
                    return (span[1] - len(old.name), span[1]), value
                return self._text.span(node.slice), quoted(value, self._quote(node.slice))
        span = self._with_parentheses(span)
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if parameter.type == "boolean" and is_text and "string" in parameter.written_as:
            return span, quoted(str(value), self._quote(node))
        return span, self._spelled(parameter, value, self._quote(node), scope)

    def _with_parentheses(self, span: Span) -> Span:
        """Return a value's span with the parentheses that it only has because it takes several lines."""
        # count=(\n    5\n) -> count=7, but count=(5) -> count=(7)
        before, after = _PARENTHESES
        opening = before.search(self._text.source[max(0, span[0] - 200) : span[0]])
        closing = after.match(self._text.source, span[1])
        if not opening or not closing:
            return span
        whole = (span[0] - len(opening[0]), closing.end())
        return whole if re.search(r"[\r\n]", self._text.source[slice(*whole)]) else span

    def _spelled(self, parameter: Parameter, value: Value, quote: str, scope: Scope) -> str:
        if _is_member(parameter):
            return f"{self._enums.spelled(parameter.enum or '', scope)}.{value}"
        source = spell(parameter, value)
        return quoted(ast.literal_eval(source), quote) if source[0] in "'\"" else source

    def _quote(self, node: ast.expr | None) -> str:
        """Return the kind of quotes that a text has, or else the first text among the arguments."""
        is_forced = isinstance(node, ast.Constant) and re.search("['\"]", str(node.value))
        candidates: list[Any] = [node] if node and not is_forced else []
        candidates += [argument.value for argument in self._arguments.values()]
        candidates += [argument.key for argument in self._arguments.values() if isinstance(argument.key, ast.Constant)]
        for candidate in candidates:
            first = candidate.left if isinstance(candidate, ast.BinOp) else candidate
            if isinstance(first, (ast.Constant, ast.JoinedStr)):
                match = _QUOTE.match(self._text.of(first))
                if match:
                    return match[1]
        return '"'

    def _main_holder(self, item: Parameter | Port) -> Any:
        """Return the call or dict display that holds most of the arguments of that kind; a dataset waits for init()."""
        holders = {id(argument.holder): argument.holder for argument in self._fitting(item)}
        held = [holder for holder in holders.values() if isinstance(holder, (ast.Call, ast.Dict))]
        return max(held, key=lambda holder: self._weight(item, [holder])) if held else self._call.node

    def _fitting(self, item: Parameter | Port) -> list[Argument]:
        """Return the arguments beside which one may stand: a dataset is only there once init() has loaded it."""
        if isinstance(item, Parameter):
            return list(self._arguments.values())
        return [argument for argument in self._arguments.values() if not self._runs_before_init_ends(argument)]

    def _weight(self, item: Parameter | Port, holders: Container[Any]) -> tuple[int, int]:
        """Return how many arguments of an argument's kind stand in some of the holders, and how many of any kind."""
        known = self._call.table.ports if isinstance(item, Port) else self._call.table.parameters
        names = {other.name for other in known}
        inside = [argument.name for argument in self._fitting(item) if argument.holder in holders]
        return len(names.intersection(inside)), len(inside)

    def _new_lines(self) -> list[tuple[Edit, tuple[Parameter | Port, Any]]]:
        """Return the new arguments that are best set on lines of their own, as most of the others are."""
        found = []
        for item in sorted(self._inserted, key=lambda item: self._order[item[0].name]):
            others = [
                argument
                for argument in self._fitting(item[0])
                if isinstance(argument.holder, ast.Assign) and argument not in self._removed
            ]
            in_brackets = self._weight(item[0], [self._main_holder(item[0])])
            if self._weight(item[0], [other.holder for other in others]) > in_brackets:
                found.append((self._new_line(others, *item), item))
        return found

    def _new_line(self, others: list[Argument], item: Parameter | Port, value: Any) -> Edit:
        position = self._order[item.name]
        earlier = [other for other in others if self._order.get(other.name, position) < position]
        last = max(others, key=lambda other: other.key.lineno)  # type: ignore[attr-defined]
        anchor = max(earlier, key=lambda other: self._order[other.name]) if earlier else None
        later = [other for other in others if self._order.get(other.name, -1) > position]
        place = anchor or (min(later, key=lambda other: self._order[other.name]) if later else last)
        statement, key = place.holder, place.key
        assert isinstance(statement, ast.Assign) and isinstance(key, ast.Subscript)
        start, end = self._text.span(key)
        equals = self._text.source[end : self._text.span(statement.value)[0]].rstrip("(")
        source = value if isinstance(item, Port) else self._spelled(item, value, self._quote(None), place.scope)
        name = quoted(item.name, self._quote(key.slice))
        # params["count"] = 5 -> params["ratings"] = True, with its neighbour's spaces around the =
        target = self._text.source[start : self._text.span(key.slice)[0]] + name + "]"
        line = f"{target}{equals if equals.strip() == '=' else ' = '}{source}"
        self.allowed.lines.add(ast.dump(ast.parse(line).body[0]))
        put = statements.behind if anchor or not later else statements.before
        return put(self._text, statement, line)

    def _edited_holder(
        self, holder: Any, inside: list[Edit], inserted: list[tuple[Parameter | Port, Any]]
    ) -> Iterator[Edit]:
        """Yield the edit of a call or dict display, and that of the comment behind its closing bracket."""
        span = self._text.span(holder)
        series = self._series(span)
        # run(a,\n    b)  # of b -> run(a): the comment is the item's, though it stands behind the bracket
        behind = _BEHIND_BRACKET.match(self._text.source, span[1])
        comment = behind["comment"] if behind and series.has_bracket_behind_last else ""
        series.may_move_comment = bool(behind) and not _FOR_TOOLS.match(comment)
        series.comment = comment if series.may_move_comment else ""
        nodes = _item_nodes(holder)
        names: list[str | None] = [self._name_of(key) for key, _ in nodes]
        for index, start in enumerate(series.offsets()):
            series.items[index] = _with_edits(series.items[index], span[0] + start, inside)
        scope = self._scope_of(holder)
        for index in reversed(range(len(nodes))):
            key = nodes[index][0]
            if key is not None and any(argument.key is key for argument in self._removed):
                series.remove(index)
                del names[index]
        for item, value in inserted:
            index = self._place(names, item.name)
            source = value if isinstance(item, Port) else self._spelled(item, value, self._quote(None), scope)
            series.insert(index, self._item(holder, series, item.name, source))
            names.insert(index, item.name)
        yield Edit(span, series.code())
        if behind and series.may_move_comment and series.comment != comment:
            yield Edit(behind.span("comment"), series.comment)

    def _scope_of(self, holder: Any) -> Scope:
        scopes = [argument.scope for argument in self._arguments.values() if argument.holder is holder]
        return scopes[0] if scopes else self._call.scope

    def _item(self, holder: Any, series: Series, name: str, source: str) -> str:
        """Return a new item as its neighbours are written, aligned where they are."""
        if isinstance(holder, ast.Dict):
            keys = [key for key in holder.keys if isinstance(key, ast.Constant)]
            return self._named(series, quoted(name, self._quote(keys[0] if keys else None)), source, _KEY_AND_COLON)
        return self._named(series, name, source, _NAME_AND_EQUALS)

    def _named(self, series: Series, name: str, source: str, pattern: re.Pattern[str]) -> str:
        matches = [match for match in map(pattern.match, series.items) if match]
        if not matches:
            return f"{name}{'=' if pattern is _NAME_AND_EQUALS else ': '}{source}"
        *_, space, sign = matches[0].groups()
        widths = {len(match[0].rstrip()) for match in matches}
        names = {len(match[1]) for match in matches}
        if len(widths) == 1 and len(names) > 1:  # the signs are aligned: "learner = m", "count   = 5"
            space = " " * max(1, widths.pop() - len(sign.rstrip()) - len(name))
        elif len(space) > 1:
            space = " "
        starts = {len(match[0]) for match in matches}
        if len(starts) == 1 and len(names) > 1 and len(widths) > 1:  # the values are: "learner= m", "count=   5"
            sign = sign.strip().ljust(starts.pop() - len(name) - len(space) - 1) + " "
        elif len({match[0][len(match[0].rstrip()) :] for match in matches}) > 1 or "\n" in sign:
            sign = sign.strip() + " "
        return f"{name}{space}{sign}{source}"

    def _place(self, names: list[str | None], name: str) -> int:
        position = self._order
        before = [i for i, item in enumerate(names) if item in position and position[item] < position[name]]
        after = [i for i, item in enumerate(names) if item in position and position[item] > position[name]]
        return before[-1] + 1 if before else after[0] if after else len(names)

    def _name_of(self, key: ast.AST | None) -> str | None:
        return next((argument.name for argument in self._arguments.values() if argument.key is key), None)

    def _import_edits(self) -> list[Edit]:
        """Return the edits of the imports: missing Enum classes put in, those taken out that nothing uses any more."""
        edits: list[Edit] = []
        taken_out: dict[ast.stmt, list[ast.alias]] = {}
        for name, binding in self._enums.imports():
            if isinstance(binding.node, ast.ImportFrom) and self._is_no_longer_used(name, binding.scope):
                aliases = [alias for alias in binding.node.names if (alias.asname or alias.name) == name]
                taken_out.setdefault(binding.node, []).extend(aliases)
        target = self._enums.statement() if self._enums.missing else None
        if self._enums.missing and not target:
            path = self._call.table.import_paths[0]
            lines = [f"from {path} import {enum}" for enum in self._enums.missing]
            edits += statements.behind_imports(self._text, self._names.module.node, lines)
        emptied = [
            statement
            for statement, aliases in taken_out.items()
            if isinstance(statement, ast.ImportFrom)
            and len(aliases) == len(statement.names)
            and statement is not target
        ]
        edits += statements.without(self._text, self._names.module.node, emptied)
        for statement in dict.fromkeys([*taken_out, *([target] if target else [])]):
            if statement not in emptied:
                put_in = self._enums.missing if statement is target else []
                edits.append(self._edited_import(statement, taken_out.get(statement, []), put_in))
        return edits

    def _series(self, span: tuple[int, int], is_import: bool = False) -> Series:
        """Return what stands between commas in a part of the source."""
        from generator.script.edit.bracket_list import read_series  # brings libcst

        return read_series(self._text.source[slice(*span)], is_import=is_import)

    def _edited_import(self, statement: Any, taken_out: list[ast.alias], put_in: Iterable[str]) -> Edit:
        span = self._text.span(statement)
        series = self._series(span, is_import=True)
        for index in reversed(range(len(statement.names))):
            if statement.names[index] in taken_out:
                series.remove(index)
        for enum in put_in:
            series.insert(_sorted_place(series.items, enum), enum)
        return Edit(span, series.code())

    def _is_no_longer_used(self, name: str, home: Scope) -> bool:
        """Say whether all uses of an Enum class are taken out."""
        spans = [self._text.span(argument.value) for argument in self._removed]
        uses = self._uses(name, home)
        gone = [use for use in uses if any(within(self._text.span(use), span) for span in spans)]
        return bool(uses) and len(gone) == len(uses) and not self._is_still_meant(name, home)

    def _is_still_meant(self, name: str, home: Scope) -> bool:
        return any((binding.target or "").rpartition(".")[2] in self._enums.used for binding in home.bindings[name])


def _does_something(node: ast.expr, acting: Collection[str]) -> bool:
    """Say whether an expression does more than give a value, so that something would miss it."""
    return _changes_something(node, acting) or any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(node))


def _changes_something(node: ast.AST, acting: Collection[str]) -> bool:
    """Say whether an expression or a function changes an object, or waits: ``counts.pop()``, ``next(counts)``.

    ``acting`` are the names of functions that do.
    """
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Await, ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(inner, ast.Call):
            continue
        called = inner.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if name in acting or (isinstance(called, ast.Attribute) and name in _CHANGING):
            return True
        if name == "next" and inner.args and isinstance(inner.args[0], ast.Name):  # not next(row for row in rows)
            return True
    return False


def _acts(function: ast.FunctionDef | ast.AsyncFunctionDef, acting: Collection[str]) -> bool:
    """Say whether a function does more than give a value: what it assigns is seen outside, or it changes something."""
    return any(
        _changes_something(statement, acting) or any(map(_is_seen_outside, ast.walk(statement)))
        for statement in function.body
    )


def _is_seen_outside(node: ast.AST) -> bool:
    is_part = isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load)
    return is_part or isinstance(node, (ast.Global, ast.Nonlocal))


def _words_of_value(node: ast.expr) -> set[str]:
    """Return the words that tell a value: of an option those that no other option has, of a number its digits."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return {str(node.value)}
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "value", None)
    for parameter in designer.enums_by_name().values():
        words = {option.member: _words(option.member) for option in parameter.options}
        own = next((option.member for option in parameter.options if name in option.spellings), None)
        if own:
            others = set().union(*(found for member, found in words.items() if member != own))
            return words[own] - others - _words(parameter.enum or "")
    return set()


def _words(name: str) -> set[str]:
    return {word.lower().rstrip("s") for word in re.findall("[A-Z][a-z]+", name)}


def _is_member(parameter: Parameter) -> bool:
    return parameter.type == "option" and parameter.written_as[0] == "member"


def _item_nodes(holder: Any) -> list[tuple[Any, Any]]:
    """Return the key (None where there is none) and the value of each item of a call or dict display, in order."""
    if isinstance(holder, ast.Dict):
        return list(zip(holder.keys, holder.values, strict=True))
    items: list[Any] = sorted([*holder.args, *holder.keywords], key=start_of)
    return [(item, item.value) if isinstance(item, ast.keyword) else (None, item) for item in items]


def _with_edits(item: str, start: int, edits: list[Edit]) -> str:
    """Return an item with the edits in it made; it starts at that place in the script."""
    inside = [edit for edit in edits if within(edit.span, (start, start + len(item)))]
    for (left, right), source in sorted(inside, reverse=True):
        item = item[: left - start] + source + item[right - start :]
    return item


def _updates_only_with(node: ast.expr, holders: list[Any]) -> bool:
    """Say whether an expression is ``params.update()`` with what some holders hold, and nothing else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"):
        return False
    return node in holders or (len(node.args) == 1 and not node.keywords and node.args[0] in holders)


def _replaces_within(edit: Edit, span: Span) -> bool:
    return edit.span[0] < edit.span[1] and within(edit.span, span)


def _length(span: Span) -> int:
    return span[1] - span[0]


def _sorted_place(items: list[str], name: str) -> int:
    """Return where a name goes among imported names: in its place where they are sorted, last where they are not."""
    if len(items) > 1 and items == sorted(items):
        return sum(item < name for item in items)
    return len(items)
