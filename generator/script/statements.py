"""What the statements of a script do. Each method says whether the statement behind is reached."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import Any, ClassVar

from generator.script import designer, effects
from generator.script.builtin_calls import BuiltinCalls
from generator.script.journal import MISSING, Changes, Note
from generator.script.kinds import (
    computed,
    has_nothing_but_annotations,
    is_comparison_with_none,
    is_given_in_own_way,
    mangled,
    passes_exceptions,
    referred,
    truth_of,
)
from generator.script.objects import (
    UNKNOWN,
    Choice,
    Class,
    Frame,
    Function,
    Instance,
    Known,
    Mapping,
    Method,
    Module,
    Partial,
    Ref,
    Unknown,
    Value,
)
from generator.script.trace import MOST_STEPS, OTHER, Given, Running, TooLongError

_PLAIN_METHODS = {
    *("__init__", "__post_init__", "__call__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__repr__"),
    *("__str__", "__doc__", "__slots__", "__annotations__", "__module__", "__qualname__", "__match_args__"),
}
_TYPED_DICTS = ("typing.TypedDict", "typing_extensions.TypedDict")


class Statements(BuiltinCalls):
    """Follows statements; ``statements`` gives the method for each kind of node."""

    def _block(self, statements: list[Any]) -> bool:
        """Follow statements; say whether the last one is passed."""
        methods = self.statements
        for statement in statements:
            self._steps += 1
            method = methods.get(type(statement))
            if method is not None and not method(self, statement):
                return False
        if self._steps > MOST_STEPS:
            raise TooLongError
        return True

    def _expression_statement(self, node: ast.Expr) -> bool:
        if type(node.value) is not ast.Constant:
            self._value(node.value)
        return True

    def _assign(self, node: ast.Assign) -> bool:
        value = self._value(node.value)
        for target in node.targets:
            self._store(target, value, node, node.value)
        return True

    def _annotated(self, node: ast.AnnAssign) -> bool:
        # top: int = 5; what is called in an annotation may run or may not
        if any(isinstance(each, (ast.Call, ast.NamedExpr)) for each in ast.walk(node.annotation)):
            self._either(lambda: bool(self._use(node.annotation)) or True, lambda: True)
        if node.value is not None:
            self._store(node.target, self._value(node.value), node, node.value)
        return True

    def _augmented(self, node: ast.AugAssign) -> bool:
        # top += 1    a new constant; params |= {"count": 5}    the same dict, changed
        target = node.target
        loaded: Any = ast.copy_location(
            type(target)(**{field: getattr(target, field) for field in target._fields}), target
        )
        loaded.ctx = ast.Load()
        if isinstance(target, ast.Name):
            self.visited.add(id(target))
        old = self._value(loaded)
        new = self._value(node.value)
        if isinstance(old, Mapping) and isinstance(node.op, ast.BitOr):
            self._update(old, new, node)
            return True
        self._consume(old, OTHER)
        self._consume(new, OTHER)
        value: Value = UNKNOWN
        if isinstance(old, Known) and isinstance(new, Known) and isinstance(target, ast.Name):
            result = computed(node.op, old.value, new.value)
            value = UNKNOWN if result is MISSING else Known(result, ())
        else:
            self._escape(old)
            self._escape(new)
        self._store(target, value, None, None)
        return True

    def _return(self, node: ast.Return) -> bool:
        # if fast: return 5
        # return 9    each with what has changed on its way, for _returned() to join
        value = self._value(node.value) if node.value is not None else Known(None, ())
        running = self._running[-1]
        changes = self._journal.since(running.mark) if running.branches else None
        running.returned.append((value, changes))
        return False

    def _if(self, node: ast.If) -> bool:
        truth = truth_of(self._use(node.test))
        if truth is not None:
            return self._block(node.body if truth else node.orelse)
        return self._either(lambda: self._branch(node, True), lambda: self._branch(node, False))

    def _branch(self, node: ast.If, truth: bool) -> bool:
        self._narrow(node.test, truth)
        return self._block(node.body if truth else node.orelse)

    def _narrow(self, test: ast.expr, truth: bool) -> None:
        """Take note of what a name cannot stand for where it was tested.

        if params is None:        # None here
            params = {...}
        module.run(**params)      # and the same dict, whichever way was taken
        """
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            self._narrow(test.operand, not truth)
        elif isinstance(test, ast.Name):
            self._leave_out(test.id, lambda option: truth_of(option) is not (not truth))
        elif isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and is_comparison_with_none(test):
            wanted = truth is isinstance(test.ops[0], ast.Is)
            self._leave_out(
                test.left.id, lambda option: not isinstance(option, Known) or (option.value is None) is wanted
            )

    def _leave_out(self, name: str, may_be: Callable[[Value], bool]) -> None:
        """Keep of the values that a name may have those that it may have here, if there are any."""
        frame = self._home_of(name)
        value = frame.cells.get(name)
        if not isinstance(value, Choice):
            return
        kept = tuple(filter(may_be, value.options))
        if kept and len(kept) < len(value.options):
            self._journal.write(frame.cells, name, kept[0] if len(kept) == 1 else Choice(kept))

    def _for(self, node: Any) -> bool:
        # for row in rows    row is Unknown in each turn
        self._run_at_once.add(id(node.iter))
        self._iterate(self._value(node.iter), node.iter)

        def turn() -> bool:
            self._store(node.target, UNKNOWN, None, None)
            return self._block(node.body)

        return self._loop(turn, node.orelse)

    def _while(self, node: ast.While) -> bool:
        truth = truth_of(self._use(node.test))
        if truth is False:
            return self._block(node.orelse)

        def turn() -> bool:
            passes = self._block(node.body)
            if passes:
                self._use(node.test)
            return passes

        return self._loop(turn, node.orelse, is_endless=isinstance(node.test, ast.Constant) and truth is True)

    def _break(self, node: ast.Break) -> bool:
        loop = self._loops[-1]
        if loop:
            loop.breaks.append(self._journal.since(loop.mark))
        return False

    def _continue(self, node: ast.Continue) -> bool:
        loop = self._loops[-1]
        if loop:
            loop.continues.append(self._journal.since(loop.mark))
        return False

    def _with(self, node: Any) -> bool:
        # with open(path) as file    lets every exception pass
        # with mine    may swallow one: then what stands in it is done in part
        is_plain = True
        for item in node.items:
            context = self._value(item.context_expr)
            is_plain &= passes_exceptions(context)
            self._lose(context) if not isinstance(context, Instance) else None
            if item.optional_vars is not None:
                self._store(item.optional_vars, context if isinstance(context, Ref) else UNKNOWN, None, None)
            if isinstance(context, Instance):
                self._escape(context)
        if is_plain:
            return self._block(node.body)
        expects_key_error = any(_names_key_error(item.context_expr) for item in node.items)
        return self._protected(node.body, [], [(None, [])], [], expects_key_error)

    def _try(self, node: Any) -> bool:
        handlers = [(handler.name, handler.body) for handler in node.handlers]
        expects_key_error = any(_names_key_error(handler.type) for handler in node.handlers)
        return self._protected(node.body, node.orelse, handlers, node.finalbody, expects_key_error)

    def _protected(
        self,
        body: list[Any],
        orelse: list[Any],
        handlers: list[tuple[str | None, list[Any]]],
        final: list[Any],
        expects_key_error: bool = False,
    ) -> bool:
        """Follow statements of which any may end in an exception, what handles that, and what is done in any case."""
        journal, running = self._journal, self._running[-1]
        mark = journal.mark()
        loop = self._loops[-1]
        left = [loop.breaks, loop.continues] if loop else []
        before = [len(running.returned), *map(len, left)]
        outer, journal.touched = journal.touched, []
        running.branches += 1
        # try: top = 5; load(); top = 7
        # except OSError: top is what it was, 5 or 7: any statement may have failed
        self._expected_key_errors += expects_key_error
        passes = self._block(body)
        self._expected_key_errors -= expects_key_error
        touched, journal.touched = journal.touched, outer
        if outer is not None:
            outer.extend(touched)
        passes = passes and self._block(orelse)
        branches = [journal.since(mark)] if passes else []
        journal.undo(mark)
        for name, handling in handlers:
            journal.merge_touched(mark, touched)
            if name:
                self._bind(name, UNKNOWN)
            if self._block(handling):
                branches.append(journal.since(mark))
            journal.undo(mark)
        if branches:
            journal.merge(mark, branches)
        elif final:
            journal.merge_touched(mark, touched)
        running.branches -= 1
        if not final:
            return bool(branches)
        # try: return module.run(**params)
        # finally: params.clear()    done behind the return too, by whichever way that is left
        returned, *left_by = before
        if [len(running.returned), *map(len, left)] != before:
            done = self._done_on_leaving(final, touched)
            for number, (value, changes) in enumerate(running.returned[returned:], returned):
                running.returned[number] = (value, changes | done if changes is not None else None)
            for ways, start in zip(left, left_by, strict=True):
                ways[start:] = [changes | done for changes in ways[start:]]
        return self._block(final) and bool(branches)

    def _done_on_leaving(self, final: list[Any], touched: list[Note]) -> Changes:
        """Return what ``finally`` does behind a ``return``, ``break`` or ``continue`` anywhere in ``try``."""
        start = self._journal.mark()
        self._journal.merge_touched(start, touched)
        mark = self._journal.mark()
        self._block(final)
        done = self._journal.since(mark)
        self._journal.undo(start)
        return done

    def _raise(self, node: ast.Raise) -> bool:
        for each in (node.exc, node.cause):
            if each is not None:
                self._value(each)
        return False

    def _assert(self, node: ast.Assert) -> bool:
        self._use(node.test)
        if node.msg is not None:
            self._use(node.msg)
        return True

    def _match(self, node: Any) -> bool:
        self._lose(self._use(node.subject))
        return self._cases(node.cases)

    def _cases(self, cases: list[Any]) -> bool:
        if not cases:
            return True

        def first() -> bool:
            for inner in ast.walk(cases[0].pattern):
                name = getattr(inner, "name", None) or getattr(inner, "rest", None)
                if isinstance(name, str):
                    self._bind(name, UNKNOWN)
            if cases[0].guard is not None:
                self._use(cases[0].guard)
            return self._block(cases[0].body)

        return self._either(first, lambda: self._cases(cases[1:]))

    def _import(self, node: ast.Import) -> bool:
        for alias in node.names:
            if alias.name in effects.OWN_NAMES:
                self._hide(node)
            name = alias.asname or alias.name.partition(".")[0]
            self._bind(name, referred(alias.name if alias.asname else name))
        return True

    def _import_from(self, node: ast.ImportFrom) -> bool:
        package = f"{'.' * node.level}{node.module or ''}"
        for alias in node.names:
            if alias.name == "*":
                self._import_all(package)
            else:
                self._bind(alias.asname or alias.name, referred(f"{package}.{alias.name}"))
        return True

    def _import_all(self, package: str) -> None:
        # from PATH import *    the module's class and its Enums; from other import *    any name may be another
        table = designer.by_path().get(package)
        if table:
            enums = [parameter.enum for parameter in table.parameters if parameter.enum]
            for name in dict.fromkeys([table.class_name, *enums]):
                self._bind(name, referred(f"{package}.{name}"))
            return
        self._unknown_stars = True
        if package.partition(".")[0] in designer.packages():
            return
        for name, value in list(self._frame.cells.items()):
            self._journal.write(self._frame.cells, name, self._given_up(value))

    def _define(self, node: Any) -> bool:
        scope = self._scopes[id(node)]
        value: Value = Function(node, scope, self._enclosing_frame(), self._defaults(node.args))
        for decorator in reversed(node.decorator_list):
            value = self._decorated(value, self._value(decorator), decorator)
        self._bind(node.name, value)
        return True

    def _decorated(self, value: Value, decorator: Value, node: ast.expr) -> Value:
        # @property, @lru_cache    known
        # @mine    a function of the script, which is called; @theirs    may do anything
        if isinstance(decorator, Ref) and isinstance(value, Function):
            name = decorator.path.rpartition(".")[2]
            if decorator.path in ("builtins.staticmethod", "builtins.classmethod", "builtins.property"):
                value.kind = name
                return value
            if decorator.path in effects.MAKES_FUNCTIONS_AGAIN:
                return value
            if decorator.path in effects.CACHES:
                value.is_cached = True
                return value
        if isinstance(decorator, (Function, Method, Partial)):
            return self._apply(decorator, Given([value], {}, False, None), node)
        self._escape(value)
        return UNKNOWN

    @functools.cached_property
    def _tells_names(self) -> bool:
        """Whether a class has a method that its attributes are told their names by."""
        return any("__set_name__" in scope.bindings for scope in self._names.scopes)

    def _define_class(self, node: ast.ClassDef) -> bool:
        made = Class(node, self._journal.clock)
        for base in node.bases:
            of = self._value(base)
            if isinstance(of, Class):
                made.bases.append(of)
                made.is_open |= of.is_open
                made.fields = list(of.fields) if of.fields is not None else made.fields
                made.defaults |= of.defaults
                made.inherits = made.inherits or of.inherits
            elif isinstance(of, Module) and of.is_class:
                made.inherits = of.table
            elif isinstance(of, Ref) and of.path in _TYPED_DICTS and has_nothing_but_annotations(node):
                self._bind(node.name, Ref("builtins.dict"))
                return True
            elif isinstance(of, Ref) and of.path == "typing.NamedTuple":
                made.fields, made.makes_init = [], True
            elif not (isinstance(of, Ref) and of.path in ("builtins.object", "abc.ABC", "typing.Protocol")):
                made.is_open = True
        made.is_open |= bool(node.keywords)
        for keyword in node.keywords:
            self._escape(self._value(keyword.value))
        frame = Frame(self._scopes[id(node)], self._frame, self._journal.clock)
        outer, self._frame = self._frame, frame
        self._running.append(Running(node, self._journal.mark()))
        self._block(node.body)
        self._running.pop()
        self._frame = outer
        made.attributes.update({mangled(name, frame.scope): value for name, value in frame.cells.items()})
        special = {name for name in made.attributes if name.startswith("__") and name.endswith("__")}
        made.is_open |= bool(special - _PLAIN_METHODS)  # operators, attributes, items: not followed
        if self._tells_names:
            made.is_open |= any(isinstance(each, Unknown) for each in made.attributes.values())
        value: Value = made
        for decorator in reversed(node.decorator_list):
            of = self._value(decorator)
            if isinstance(of, Ref) and of.path in ("dataclasses.dataclass", "dataclasses.dataclass()"):
                made.fields, made.makes_init = made.fields or [], "__init__" not in made.attributes
            elif isinstance(of, (Function, Method, Partial)):
                value = self._apply(of, Given([value], {}, False, None), decorator)
            else:
                self._escape(value)
                made.is_open = True
        # @dataclass class Settings: top: int = 5    Settings(7).top is 7, Settings().top is 5
        if made.makes_init and made.fields is not None:
            fields = [
                statement
                for statement in node.body
                if isinstance(statement, ast.AnnAssign) and "ClassVar" not in ast.unparse(statement.annotation)
            ]
            names = [field.target.id for field in fields if isinstance(field.target, ast.Name)]
            made.fields = list(dict.fromkeys([*made.fields, *names]))
            made.defaults |= {name: made.attributes[name] for name in names if name in made.attributes}
            made.is_open |= any(map(is_given_in_own_way, fields))
        if made.is_open:
            self._escape(made)
        self._bind(node.name, value)
        return True

    def _delete(self, node: ast.Delete) -> bool:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._bind(target.id, MISSING)
            elif isinstance(target, ast.Subscript):
                owner, key = self._value(target.value), self._use(target.slice)
                if isinstance(owner, Mapping) and owner.escaped is None:
                    self._lacks(owner, key, target)
                    self._take_out(owner, key, target)
                elif isinstance(owner, Ref) and owner.path == "globals()":
                    self._hide(target)
                else:
                    self._escape(owner)
            elif isinstance(target, ast.Attribute):
                name = mangled(target.attr, self._frame.scope)
                self._store_attribute(self._value(target.value), name, UNKNOWN, target)
            elif isinstance(target, (ast.Tuple, ast.List)):
                self._delete(ast.Delete(targets=target.elts))
        return True

    statements: ClassVar[dict[type[ast.AST], Callable[[Any, Any], bool]]] = {
        ast.Expr: _expression_statement,
        ast.Assign: _assign,
        ast.AnnAssign: _annotated,
        ast.AugAssign: _augmented,
        ast.Return: _return,
        ast.If: _if,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Try: _try,
        ast.Raise: _raise,
        ast.Assert: _assert,
        ast.Break: _break,
        ast.Continue: _continue,
        ast.Import: _import,
        ast.ImportFrom: _import_from,
        ast.FunctionDef: _define,
        ast.AsyncFunctionDef: _define,
        ast.ClassDef: _define_class,
        ast.Delete: _delete,
        ast.Match: _match,
    }
    if hasattr(ast, "TryStar"):
        statements[ast.TryStar] = _try


def _names_key_error(node: ast.expr | None) -> bool:
    # except KeyError, except (KeyError, ValueError), except LookupError as error, with suppress(KeyError)
    every = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else [node]
    return any(isinstance(each, ast.Name) and each.id in ("KeyError", "LookupError") for each in every)
