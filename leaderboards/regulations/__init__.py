"""
The published rules text (thể lệ), generated wholly from a contest's settings.

What is promised is what is computed: nothing in the text is typed by hand but names
and titles. Sections hold sentences, lists and tables without markup; the page, the API
and documents lay them out. Each registered behaviour speaks for itself through
``words``; a test demands words for every code.
"""

from leaderboards.regulations import collective, entry, individual, papers
from leaderboards.regulations.parts import Block, Section
from leaderboards.services.contest_document import export_contest

__all__ = ["Block", "Section", "sections", "sections_of"]

CHAPTERS = (
    entry.general,
    entry.audiences,
    entry.calendar,
    papers.papers,
    papers.attempts,
    papers.scoring,
    papers.predictions,
    individual.rankings,
    collective.schemes,
    individual.fairness,
)


def sections(contest):
    """The rules text of a stored contest, in the active language."""
    return sections_of(export_contest(contest, has_units=False))


def sections_of(document):
    """The rules text of a complete contest document, in the active language."""
    return [
        section
        for chapter in CHAPTERS
        for section in chapter(document)
        if section.blocks
    ]
