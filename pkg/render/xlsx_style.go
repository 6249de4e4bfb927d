package render

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// leftToRight is the reading order of every cell: one whose text begins with a
// name in Hebrew or Arabic would be turned round by the program that shows it.
const leftToRight = 1

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
	partWarning part = "warning"
)

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
	switch kind {
	case report.Money:
		return s.money[0]
	case report.Price:
		return s.money[1]
	case report.Hours:
		return s.tenths(as, 0)
	case report.Months:
		return s.tenths(as, 1)
	case report.Share:
		return shareFormat(c)
	case report.Count:
		return "#,##0"
	case report.Date:
		return "yyyy-mm-dd"
	case report.Text:
		return textFormat(c.Text)
	case report.Number:
		return numberFormat(c.Number)
	case report.Unknown:
		return ""
	}
	return ""
}

// tenths is the format of hours (0) and months (1), which have their unit
// where they stand by themselves.
func (s *styles) tenths(as part, unit int) string {
	if as == partLarge || as == partValue {
		return s.alone[unit]
	}
	return "#,##0.0"
}

// shareFormat leaves out a decimal that a share does not need; one that a
// formula gives may need it any time.
func shareFormat(c report.Cell) string {
	if report.Decimals(100*c.Number) == 0 && c.Formula.IsZero() {
		return "0%"
	}
	return "0.0%"
}

// textFormat keeps what begins like a formula as text, even after a reader has
// edited it.
func textFormat(text string) string {
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "@"
	}
	return ""
}

// numberFormat shows whole numbers as they are typed.
func numberFormat(x float64) string {
	if report.Decimals(x) > 0 {
		return "0.00"
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

// What a reader may change is blue on yellow, as in most financial models.
const (
	inputInk    = "1F3FA0"
	inputGround = "FFF8E1"
)

// traits are what a part looks like.
type traits struct {
	size   float64 // of the font, in points
	bold   bool
	colour string // of the font
	fill   string // empty: none
	above  bool   // a line of the brand's colour above
	below  bool   // a thin line below
	middle bool   // it stands in the middle of its row, not at the top
	inset  bool   // texts keep away from the figure on their left
}

func (s *styles) traits(p part) traits {
	brand := hex(s.brand.dark)
	switch p {
	case partTitle:
		return traits{size: 16, bold: true, colour: brand, middle: true}
	case partLead:
		return traits{size: 11, colour: ink}
	case partText:
		return traits{size: 10, colour: ink}
	case partNote:
		return traits{size: 9, colour: soft}
	case partCaption:
		return traits{size: 11, bold: true, colour: ink}
	case partHead:
		return traits{size: 9, bold: true, colour: "FFFFFF", fill: brand, middle: true, inset: true}
	case partBody:
		return traits{size: 10, colour: ink, below: true, inset: true}
	case partInput:
		return traits{size: 10, colour: inputInk, fill: inputGround, below: true, inset: true}
	case partTotal:
		return traits{size: 10, bold: true, colour: ink, above: true, inset: true}
	case partLabel:
		return traits{size: 10, colour: ink, below: true, middle: true}
	case partLarge:
		return traits{size: 14, bold: true, colour: brand, fill: hex(s.brand.tint), below: true, middle: true}
	case partValue:
		return traits{size: 10, bold: true, colour: ink, below: true, middle: true}
	case partRemark:
		return traits{size: 9, colour: soft, below: true, middle: true, inset: true}
	case partWarning:
		return traits{size: 10, bold: true, colour: inputInk}
	}
	return traits{size: 10, colour: ink}
}

func (s *styles) style(l look) *excelize.Style {
	t := s.traits(l.part)
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: t.size, Bold: t.bold, Color: t.colour},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap, ReadingOrder: leftToRight},
	}
	if t.middle {
		style.Alignment.Vertical = "center"
	}
	switch {
	case l.right:
		style.Alignment.Horizontal = "right"
	case t.inset:
		style.Alignment.Horizontal, style.Alignment.Indent = "left", 1
	}
	if l.part == partInput {
		style.Protection = &excelize.Protection{Locked: false}
	}
	if l.form != "" {
		style.CustomNumFmt = &l.form
	}
	if t.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{t.fill}}
	}
	if t.above {
		style.Border = []excelize.Border{{Type: "top", Color: hex(s.brand.dark), Style: 2}}
	}
	if t.below {
		style.Border = []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	}
	return style
}
