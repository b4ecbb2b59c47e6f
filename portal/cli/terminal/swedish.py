"""Typer in Swedish: its help's own words, and a sentence for each way to type wrongly."""

from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from agenda.words.errors import NotFound

_HELP = "Visa den här hjälpen."
_COMPLETION = {
    "install_completion": "Slå på komplettering med tabb i skalet.",
    "show_completion": "Visa vad som slår på kompletteringen, för att lägga in det själv.",
}


_OPTIONS = "[FLAGGOR]"


class _Swedish:
    """What commands and groups of commands have in common."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        found = super().get_help_option(ctx)  # type: ignore[misc]
        if found is not None:
            found.help = _HELP
            found.metavar = ""
        return found

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        _translate_panels()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Swedish, TyperCommand):
    """One command."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named | {"options_metavar": _OPTIONS})
        _name_no_types(self.params)


class SwedishGroup(_Swedish, TyperGroup):
    """A command that has commands of its own."""

    def __init__(self, *args: Any, **named: Any) -> None:
        swedish = {
            "options_metavar": _OPTIONS,
            "subcommand_metavar": "KOMMANDO [ARGUMENT]...",
        }
        super().__init__(*args, **named | swedish)
        _name_no_types(self.params)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed; NotFound proposes the nearest."""
        typed = args[0]
        is_known = typed in self.commands or typed.startswith("-") or ctx.resilient_parsing
        if not is_known:
            near = get_close_matches(typed, self.commands, n=1)
            meant = f"Menar du {ctx.command_path} {near[0]}?" if near else _see_help(ctx)
            raise NotFound(f"Kommandot {ctx.command_path} {typed} finns inte. {meant}")
        return super().resolve_command(ctx, args)


def say_completion_in_swedish(command: Any) -> None:
    """Give the options that Typer adds to the whole command line their Swedish help."""
    for parameter in command.params:
        if parameter.name in _COMPLETION:
            parameter.help = _COMPLETION[parameter.name]
            parameter.metavar = ""


def _name_no_types(parameters: Any) -> None:
    # The help would say <bool> after every flag that takes no value.
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""


def usage_sentence(error: TyperException) -> str:
    """What was typed wrongly, in one sentence; empty when help was shown instead."""
    kind, message = type(error).__name__, error.message.rstrip(".")
    if kind == "NoArgsIsHelpError":
        return ""
    ctx = getattr(error, "ctx", None)
    return f"{_fault(error, kind, message)}. {_see_help(ctx) if ctx else ''}".rstrip()


def _fault(error: Any, kind: str, message: str) -> str:
    if kind == "MissingParameter":
        return f"{_name(error)} saknas"
    if kind == "BadParameter":
        return f"{_name(error)}: {message}"
    if kind == "NoSuchOption":
        near = f". Menar du {error.possibilities[0]}?" if error.possibilities else ""
        return f"Flaggan {error.option_name} finns inte{near}".rstrip("?")
    if kind == "BadOptionUsage":
        takes = "tar inget värde" if "not take" in message else "behöver ett värde"
        return f"Flaggan {error.option_name} {takes}"
    if message.startswith("Got unexpected extra argument"):
        return f"Det är för mycket på raden: {message.partition('(')[2].rpartition(')')[0][4:]}"
    return message


def _name(error: Any) -> str:
    parameter = error.param
    if parameter is None:
        return "Argumentet"
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.metavar or parameter.name)


def _see_help(ctx: Any) -> str:
    return f"Se {ctx.command_path} --help"


def _translate_panels() -> None:
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argument"
    rich_utils.OPTIONS_PANEL_TITLE = "Flaggor"
    rich_utils.COMMANDS_PANEL_TITLE = "Kommandon"
    rich_utils.DEFAULT_STRING = "(annars {})"
    rich_utils.ENVVAR_STRING = "(miljövariabel {})"
    rich_utils.REQUIRED_LONG_STRING = "(måste anges)"
    rich_utils.highlighter.highlights.append(r"(^|\W)(?P<usage>Användning: )")
