package render

import (
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// The room on a page of A4 landscape between the margins, and the height of a
// row that nothing is written into, in points.
const (
	pageSide, pageEdge = .4, .55 // margins in inches
	pageWidth          = 842 - 2*pageSide*72
	pageHeight         = 595 - 2*pageEdge*72
	emptyRow           = 15.0
)

// shrinks is how much smaller a sheet may print so that a few rows do not
// stand alone on its last page.
const shrinks = 1.2

// pagesHigh is on how many pages a sheet has to fit; 0: on as many as it needs.
func (s *sheet) pagesHigh() int {
	least := 1.0
	for _, it := range s.items {
		switch it.block.(type) {
		case report.Picture: // a page that is taken in at a glance
			return 1
		case report.Figures: // which fill a page with what explains them
			least = 2
		}
	}
	wide := 0.0
	for i, w := range s.widths {
		if !s.hides(i) {
			wide += (w + 1) * pointsPerUnit
		}
	}
	pages := (emptyRow*float64(s.next) + s.more - rowHeight*float64(s.unprinted())) / (pageHeight * max(1, wide/pageWidth))
	// What nearly fills a page may not fit where letters are wider.
	whole := max(least, math.Floor(pages+.07))
	if pages > shrinks*whole {
		return 0
	}
	return int(whole)
}

// printArea leaves hidden columns at the end of a sheet out of what prints: some
// programs print what does not fit into them.
func (b *book) printArea(s *sheet) error {
	last, unprinted := len(s.widths)-1, s.unprinted()
	for last > 0 && s.hides(last) {
		last--
	}
	if last == len(s.widths)-1 && unprinted == 0 {
		return nil
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.name,
		RefersTo: s.quoted() + address(firstColumn, 1, true) + ":" + address(firstColumn+last, s.next-1-unprinted, true),
	})
}

// unprinted is how many rows at the end of a sheet do not print.
func (s *sheet) unprinted() int {
	if len(s.items) == 0 {
		return 0
	}
	var t report.Table
	switch block := s.items[len(s.items)-1].block.(type) {
	case report.Table:
		t = block
	case report.Chart:
		t = block.Table
	case report.Paragraph, report.List, report.Figures, report.Picture:
	}
	if t.Prints == 0 {
		return 0
	}
	return max(0, len(t.Rows)-t.Prints)
}

// layOut sets on how many pages a sheet prints; it comes after its rows.
func (b *book) layOut(s *sheet) error {
	wide, tall, size, landscape := 1, s.pagesHigh(), 9, "landscape"
	return b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall})
}

// setUp prepares how a sheet prints and is seen; it comes before its rows.
// Sheets read from left to right, as both languages do, whatever their names.
func (b *book) setUp(s *sheet) error {
	yes, no := true, false
	err := b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes})
	if err != nil {
		return err
	}
	side, edge, head := pageSide, pageEdge, .3
	margins := &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &head, Footer: &head}
	if err := b.file.SetPageMargins(s.name, margins); err != nil {
		return err
	}
	if err := b.file.SetSheetView(s.name, -1, &excelize.ViewOptions{ShowGridLines: &no, RightToLeft: &no}); err != nil {
		return err
	}
	return b.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8" + footerText(b.meta.Printed) + "&C&8" + footerText(s.title) + "&R&8&P / &N",
	})
}

// footerText makes foreign text harmless in a footer, where & begins a code
// and digits after a size would belong to it.
func footerText(s string) string {
	return " " + strings.ReplaceAll(cut(clean(strings.ReplaceAll(s, "\n", " ")), 90), "&", "&&")
}
