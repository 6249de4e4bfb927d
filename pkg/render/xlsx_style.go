package render

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// part is what a cell is on its sheet.
type part string

const (
	partTitle   part = "title"
	partLead    part = "lead"
	partText    part = "text"
	partNote    part = "note"
	partCaption part = "caption"
	partHead    part = "head"
	partBody    part = "body"
	partInput   part = "input"
	partTotal   part = "total"
	partLabel   part = "label"  // of a key figure
	partLarge   part = "large"  // the value of a key figure that matters most
	partValue   part = "value"  // the value of another one
	partRemark  part = "remark" // what is said beside it
)

// boxed tells whether the part stands in a row of cells, where texts need a
// little room after the figure on their left.
func (p part) boxed() bool {
	switch p {
	case partHead, partBody, partInput, partTotal, partRemark:
		return true
	case partTitle, partLead, partText, partNote, partCaption, partLabel, partLarge, partValue:
		return false
	}
	return false
}

// look is what tells one style from another.
type look struct {
	part  part
	right bool
	wrap  bool
	form  string // number format; empty: general
}

// styles makes each style of a workbook once, in the order in which they are
// first wanted.
type styles struct {
	file  *excelize.File
	brand brand
	money [2]string // formats without and with cents
	alone [2]string // of hours and of months that stand by themselves, with their unit
	made  map[look]int
}

func newStyles(file *excelize.File, f figures, b brand) *styles {
	return &styles{
		file: file, brand: b, made: map[look]int{},
		money: [2]string{f.moneyFormat(0), f.moneyFormat(2)},
		alone: [2]string{around(f.Hours(0), "#,##0.0"), around(f.Months(0), "#,##0.0")},
	}
}

// moneyFormat puts the currency's sign where the language has it.
func (f figures) moneyFormat(decimals int) string {
	digits := "#,##0"
	if decimals > 0 {
		digits += "." + strings.Repeat("0", decimals)
	}
	positive := around(f.Money(0, f.currency, decimals), digits)
	return positive + ";-" + positive
}

// around puts a format of digits where a sample that the language has written
// has its 0, and what stands before and after it into quotes.
func around(sample, digits string) string {
	before, rest, _ := strings.Cut(sample, "0")
	return quotedFormat(before) + digits + quotedFormat(strings.TrimLeft(rest, "0.,"))
}

func quotedFormat(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(s, `"`, "") + `"`
}

// form is a cell's number format.
func (s *styles) form(as part, c report.Cell, column report.Kind) string {
	kind := c.Kind
	if kind == report.Unknown {
		kind = column
	}
	alone := as == partLarge || as == partValue
	switch kind {
	case report.Money:
		return s.money[0]
	case report.Price:
		return s.money[1]
	case report.Hours:
		if alone {
			return s.alone[0]
		}
		return "#,##0.0"
	case report.Months:
		if alone {
			return s.alone[1]
		}
		return "#,##0.0"
	case report.Share:
		if report.Decimals(100*c.Number) == 0 && c.Formula.IsZero() {
			return "0%"
		}
		return "0.0%"
	case report.Count:
		return "#,##0"
	case report.Date:
		return "yyyy-mm-dd"
	case report.Text:
		// What begins like a formula is text even after a reader has edited it.
		if c.Text != "" && strings.ContainsRune("=+-@", rune(c.Text[0])) {
			return "@"
		}
		return ""
	case report.Number:
		if report.Decimals(c.Number) > 0 {
			return "0.00"
		}
		return ""
	case report.Unknown:
		return ""
	}
	return ""
}

func (s *styles) id(l look) (int, error) {
	if id, ok := s.made[l]; ok {
		return id, nil
	}
	id, err := s.file.NewStyle(s.style(l))
	s.made[l] = id
	return id, err
}

// fontName is the workbook's font: where it is missing, others have its widths.
const fontName = "Arial"

// Greys of a sheet.
const (
	ink  = "1B2227"
	soft = "56616A"
	rule = "D9DEE2"
)

func (s *styles) style(l look) *excelize.Style {
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: 10, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap},
	}
	switch {
	case l.right:
		style.Alignment.Horizontal = "right"
	case l.part.boxed():
		style.Alignment.Horizontal, style.Alignment.Indent = "left", 1
	}
	if l.form != "" {
		style.CustomNumFmt = &l.form
	}
	below := func(colour string, width int) []excelize.Border {
		return []excelize.Border{{Type: "bottom", Color: colour, Style: width}}
	}
	brand := hex(s.brand.dark)
	switch l.part {
	case partTitle:
		style.Font.Size, style.Font.Bold, style.Font.Color = 16, true, brand
		style.Alignment.Vertical = "center"
	case partLead:
		style.Font.Size = 11
	case partNote:
		style.Font.Size, style.Font.Color = 9, soft
	case partRemark:
		style.Font.Size, style.Font.Color = 9, soft
		style.Alignment.Vertical = "center"
		style.Border = below(rule, 1)
	case partCaption:
		style.Font.Bold, style.Font.Size = true, 11
	case partHead:
		style.Font.Bold, style.Font.Color, style.Font.Size = true, "FFFFFF", 9
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{brand}}
		style.Alignment.Vertical = "center"
	case partBody:
		style.Border = below(rule, 1)
	case partInput:
		style.Border = below(rule, 1)
		style.Font.Color = "1F3FA0"
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8E1"}}
	case partTotal:
		style.Font.Bold = true
		style.Border = []excelize.Border{{Type: "top", Color: brand, Style: 2}}
	case partLabel:
		style.Border = below(rule, 1)
		style.Alignment.Vertical = "center"
	case partLarge, partValue:
		style.Border = below(rule, 1)
		style.Font.Bold = true
		style.Alignment.Vertical = "center"
		if l.part == partLarge {
			style.Font.Size, style.Font.Color = 14, brand
			style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(s.brand.tint)}}
		}
	case partText:
	}
	return style
}
