"""Draw a paper as a PDF: the same paper always makes the same file, byte by byte."""

from pathlib import Path

from flask_babel import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

from storefront.checkout.papers.paper import Paper, Row
from storefront.platform import i18n
from storefront.platform.money import Money

FONTS = Path(__file__).parent / "fonts"
FACE = "DejaVuCondensed"
LETTER = {"US", "CA", "MX", "PH", "CL", "CO", "GT", "CR", "PA", "DO", "PR"}
"""Countries that write on another paper than A4."""
MARGIN, LINE, SMALL = 20, 5.5, 8.5
INK, SOFT, HAIR = (42, 33, 28), (100, 88, 78), (200, 190, 178)


class Sheet(FPDF):
    """A sheet with who sells and the page's number at its foot."""

    def __init__(self, paper: Paper, zone: str, country: str) -> None:
        super().__init__(format="letter" if country in LETTER else "A4")
        self.paper, self.zone = paper, zone
        self.add_font(FACE, "", FONTS / "DejaVuSansCondensed.ttf")
        self.add_font(FACE, "B", FONTS / "DejaVuSansCondensed-Bold.ttf")
        self.set_lang(i18n.language())
        self.set_title(paper.title)
        self.set_author(paper.seller.lines[0])
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_creation_date(paper.issued_at)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 12)
        self.ink()
        self.add_page()

    def footer(self) -> None:
        seller = self.paper.seller
        told = [*seller.lines, seller.country, seller.email, seller.phone]
        if seller.vat_id:
            told.append(_("VAT number %(number)s", number=seller.vat_id))
        page = _("Page %(page)s of %(pages)s", page=self.page_no(), pages="{nb}")
        self.set_y(-MARGIN - 4)
        self.rule()
        self.ink(SMALL - 1, colour=SOFT)
        words = " · ".join(part for part in told if part)
        width = self.epw - 30
        self.multi_cell(width, 4, words, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
        self.cell(30, 4, page, align="R")

    def ink(self, size: float = 10, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FACE, style, size)
        self.set_text_color(*colour)

    def rule(self) -> None:
        self.set_draw_color(*HAIR)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(1.5)

    def say(self, words: str, width: float = 0, align: str = "L") -> None:
        self.multi_cell(width, LINE, words, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def draw(paper: Paper, zone: str, country: str = "") -> bytes:
    """The file; `country` decides the size of the sheet."""
    sheet = Sheet(paper, zone, country)
    _head(sheet)
    _rows(sheet)
    _sums(sheet)
    _taxes(sheet)
    for remark in paper.remarks:
        sheet.say(remark)
    return bytes(sheet.output())


def _head(sheet: Sheet) -> None:
    paper = sheet.paper
    sheet.ink(15, "B")
    sheet.say(paper.seller.lines[0])
    sheet.ink(SMALL, colour=SOFT)
    sheet.say(" · ".join(paper.seller.lines[1:]))
    sheet.ln(12)
    top = sheet.get_y()
    sheet.ink()
    told = [*paper.buyer.lines, paper.buyer.country]
    if paper.buyer.vat_id:
        told.append(_("VAT number %(number)s", number=paper.buyer.vat_id))
    sheet.say("\n".join(part for part in told if part), width=85)
    below = sheet.get_y()
    left = sheet.l_margin + 95
    sheet.set_y(top)
    for name, value in ((_("Date"), i18n.day(paper.issued_at, sheet.zone)), *paper.facts):
        sheet.set_x(left)
        sheet.ink(SMALL, colour=SOFT)
        sheet.cell(28, LINE, name)
        sheet.ink(SMALL)
        sheet.multi_cell(0, LINE, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.set_y(max(below, sheet.get_y()) + 10)
    sheet.ink(17, "B")
    sheet.multi_cell(0, 9, paper.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(4)
    sheet.ink(9)


def _rows(sheet: Sheet) -> None:
    paper = sheet.paper
    heads = (_("Units"), _("What"), _("Each"), _("Tax rate"), _("Amount"))
    sheet.set_draw_color(*HAIR)
    with sheet.table(
        col_widths=(16, 76, 27, 20, 31),
        text_align=("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD", color=SOFT, size_pt=SMALL),
        line_height=LINE,
        v_align="TOP",
        padding=(1.2, 1.5),
    ) as table:
        table.row(heads)
        for row in paper.rows:
            table.row(_cells(row, paper.currency))
    sheet.ln(3)


def _cells(row: Row, currency: str) -> tuple[str, ...]:
    return (
        i18n.number(row.quantity) if row.quantity is not None else "",
        f"{row.title}\n{row.note}" if row.note else row.title,
        Money(row.unit_price, currency).format() if row.unit_price is not None else "",
        i18n.percent(row.rate) if row.rate is not None else "",
        Money(row.amount, currency).format(),
    )


def _sums(sheet: Sheet) -> None:
    paper = sheet.paper
    _sum(sheet, _("Net"), paper.net)
    for part in paper.taxes:
        if part.tax:
            _sum(sheet, _("Tax %(rate)s", rate=i18n.percent(part.rate)), part.tax)
    sheet.ink(12, "B")
    _sum(sheet, _("Total"), paper.total)
    sheet.ink(9)
    sheet.ln(5)


def _sum(sheet: Sheet, name: str, amount: int) -> None:
    sheet.set_x(sheet.w - sheet.r_margin - 90)
    sheet.cell(50, LINE + 0.5, name, align="R")
    words = Money(amount, sheet.paper.currency).format()
    sheet.cell(40, LINE + 0.5, words, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _taxes(sheet: Sheet) -> None:
    """What the state gets by rate: one line each, also where there is but one rate."""
    paper = sheet.paper
    sheet.ink(SMALL, colour=SOFT)
    for part in paper.taxes:
        words = _(
            "%(rate)s of %(net)s net is %(tax)s tax, together %(gross)s.",
            rate=i18n.percent(part.rate),
            net=Money(part.net, paper.currency).format(),
            tax=Money(part.tax, paper.currency).format(),
            gross=Money(part.gross, paper.currency).format(),
        )
        sheet.say(words)
    sheet.ln(3)
    sheet.ink(9)
