"""Ask the tools for language models a hundred questions about this archive, and judge every answer."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from typing import Any

import anyio
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from mcp import Client, StdioServerParameters, stdio_client

from tools.mcp_questions.judging import Judge
from tools.mcp_questions.making import Question, questions

COUNTED = (
    ("verbatim", "texts"),
    ("with source", "texts"),
    ("with all cautions", "texts"),
    ("zeros passed on", "zeros"),
)


class Command(BaseCommand):
    help = "Asks the MCP server questions over stdio, by the SDK's client, and says how many texts are verbatim."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another one asks other questions")

    def handle(self, **options: Any) -> None:
        asked = questions(seed=options["seed"])
        answers, seconds = anyio.run(_answers, asked)
        judge = Judge()
        for question, answer in zip(asked, answers, strict=True):
            judge.judge(question, answer)
        for name, of in COUNTED:
            self.stdout.write(f"{name}: {judge.counts[name]} of {judge.counts[of]}")
        middle, worst = sorted(seconds)[len(seconds) // 2], max(seconds)
        self.stdout.write(f"{judge.counts['questions']} questions; median {middle:.2f} s, longest {worst:.2f} s")
        if judge.faults:
            raise CommandError("\n".join(judge.faults))


async def _answers(asked: list[Question]) -> tuple[list[dict[str, Any]], list[float]]:
    """Return what the tools answer, and the seconds that each took; the first, which warms up, left out."""
    arguments = [str(settings.BASE_DIR / "manage.py"), "mcp"]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
    answers: list[dict[str, Any]] = []
    seconds: list[float] = []
    async with Client(stdio_client(server)) as client:
        await client.call_tool("search", {"query": "skole"})
        for question in asked:
            began = time.monotonic()
            answer = await client.call_tool(question.tool, question.arguments)
            seconds.append(time.monotonic() - began)
            if answer.is_error:
                raise CommandError(f"{question}: {answer.content}")
            answers.append(answer.structured_content or {})
    return answers, seconds
