"""Where the passages of a programme stand on its pages: the site leads there, a file can't."""

from __future__ import annotations

from programmes.models import Programme
from programmes.reading_order import LONGEST_PART, parts
from programmes.site.outline import PART, address_on_page, order_of


def places_in(party: str, branch: str, programme: str) -> dict[str, str]:
    """Return the address of each passage on the pages of its programme; none of a programme that isn't published."""
    of = Programme.objects.published().select_related("branch__party").defer("parse_report")
    programme_ = of.filter(branch__party__slug=party, branch__slug=branch, slug=programme).first()
    if programme_ is None:
        return {}
    order = order_of(programme_)
    part_of: dict[str, int] = {}
    for page in order.pages:
        if order.passages_in(page.sections) > LONGEST_PART:
            read = programme_.passages.filter(section__in=page.sections)
            part_of |= {public_id: number for number, part in enumerate(parts(read), 1) for public_id in part}
    pages = {section.pk: address_on_page(order, section, programme_) for section in order.sections}
    places = {}
    for public_id, section in programme_.passages.order_by("position").values_list("public_id", "section_id"):
        part = f"?{PART}={part_of[public_id]}" if part_of.get(public_id, 1) > 1 else ""
        places[public_id] = f"{pages[section]}{part}#l-{public_id}"
    return places
