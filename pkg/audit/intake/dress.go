package intake

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// style is how a cell of the form looks and what it takes.
type style uint8

const (
	styleTitle style = iota
	styleIntro
	styleQuestion
	styleGroup
	styleDarkGroup
	styleHead
	styleDarkHead
	styleHelp
	styleExample
	styleKnown // came pre-filled
	styleInput
	styleNumber
	styleDay
	styleSpanishDay
)

const fontName = "Arial"

// The form's colours: headings white on dark, answers on yellow.
const (
	ink    = "1B2227"
	soft   = "56616A"
	rule   = "C9CFD4"
	teal   = "0F766E"
	slate  = "334155"
	yellow = "FFF8DC"
	grey   = "EEF0F2"
)

func (f *blank) style(s style) (int, error) {
	if id, ok := f.styles[s]; ok {
		return id, nil
	}
	id, err := f.file.NewStyle(s.look())
	f.styles[s] = id
	return id, err
}

func (s style) look() *excelize.Style {
	look := &excelize.Style{
		Font:       &excelize.Font{Family: fontName, Size: 10, Color: ink},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: true},
	}
	fill := func(colour string) {
		look.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	switch s {
	case styleTitle:
		look.Font.Size, look.Font.Bold, look.Font.Color, look.Alignment.WrapText = 16, true, teal, false
	case styleIntro:
		look.Font.Size, look.Alignment.WrapText = 11, false
	case styleQuestion:
		look.Font.Bold = true
		look.Alignment.Horizontal, look.Alignment.Indent = "right", 1
	case styleGroup, styleDarkGroup:
		look.Font.Bold, look.Font.Color, look.Alignment.WrapText = true, "FFFFFF", false
		fill(s.colour())
	case styleHead, styleDarkHead:
		look.Font.Color = "FFFFFF"
		fill(s.colour())
	case styleHelp:
		look.Font.Size, look.Font.Color, look.Alignment.Vertical = 9, soft, "top"
		look.Border = box()
	case styleExample:
		look.Font.Color, look.Font.Italic = soft, true
		look.Border = box()
		fill(grey)
	case styleKnown, styleInput, styleNumber, styleDay, styleSpanishDay:
		look.Protection.Locked = false
		look.Border = box()
		if s != styleKnown {
			fill(yellow)
		}
		look.CustomNumFmt = s.format()
	}
	if look.Alignment.WrapText && look.Alignment.Horizontal == "" {
		look.Alignment.Horizontal, look.Alignment.Indent = "left", 1
	}
	return look
}

// colour is that of a group and its headings; neighbours differ.
func (s style) colour() string {
	if s == styleDarkGroup || s == styleDarkHead {
		return slate
	}
	return teal
}

// format is how a cell takes what is typed: as a text, so that nothing becomes
// a formula or a date, unless it asks for a number or a day.
func (s style) format() *string {
	form := "@"
	switch s {
	case styleNumber:
		return nil
	case styleDay:
		form = "yyyy-mm-dd"
	case styleSpanishDay:
		form = "dd/mm/yyyy"
	}
	return &form
}

func box() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: rule, Style: 1})
	}
	return all
}

// dress sets widths and heights, what stays in sight, what may be changed and
// how the form prints.
func (f *blank) dress() error {
	if err := f.file.SetColVisible(f.sheet, columnName(idAt), false); err != nil {
		return err
	}
	for i, c := range f.columns {
		name := columnName(f.at(i))
		if err := f.file.SetColWidth(f.sheet, name, name, c.width); err != nil {
			return err
		}
	}
	if err := f.heights(); err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, XSplit: firstAt, YSplit: headRow, TopLeftCell: cellName(firstAt+1, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: cellName(firstAt+1, topRow), ActiveCell: cellName(firstAt+1, topRow), Pane: "topRight"}}}
	if err := f.file.SetPanes(f.sheet, panes); err != nil {
		return err
	}
	if err := f.file.ProtectSheet(f.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}); err != nil {
		return err
	}
	return f.page()
}

// heights gives each row what its longest text needs.
func (f *blank) heights() error {
	fixed := map[int]float64{titleRow: 28, introRow: 17, introRow + 1: 20, topRow: 24, topRow + 1: 8, groupRow: 20}
	for row := titleRow; row <= f.lastRow(); row++ {
		height, ok := fixed[row]
		if !ok {
			lines, err := f.lines(row)
			if err != nil {
				return err
			}
			height = min(max(lines*13+9, 24), pageHeight)
		}
		if err := f.file.SetRowHeight(f.sheet, row, height); err != nil {
			return err
		}
	}
	return nil
}

// lines is how many the fullest cell of a row has.
func (f *blank) lines(row int) (float64, error) {
	most := 1.0
	for i, c := range f.columns {
		text, err := f.file.GetCellValue(f.sheet, cellName(f.at(i), row))
		if err != nil {
			return 0, err
		}
		most = max(most, math.Ceil(float64(utf8.RuneCountInString(text))*.95/(c.width-2)))
	}
	return most, nil
}

// page prints the form on two sheets side by side, the task on both.
func (f *blank) page() error {
	yes, no, wide, tall, size, landscape := true, false, 2, 0, 9, "landscape"
	if err := f.file.SetSheetProps(f.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}
	if err := f.file.SetPageLayout(f.sheet, layout); err != nil {
		return err
	}
	if err := f.file.SetSheetView(f.sheet, -1, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	side, edge := .3, .4
	if err := f.file.SetPageMargins(f.sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge}); err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(f.sheet, "'", "''") + "'!"
	titles := fmt.Sprintf("%s$%s:$%s,%s$%d:$%d", quoted, columnName(firstAt), columnName(firstAt), quoted, groupRow, headRow)
	return f.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: f.sheet, RefersTo: titles})
}
