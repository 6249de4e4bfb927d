package render

import (
	"bytes"
	"image"
	_ "image/png" // image.DecodeConfig reads the pictures' size with it

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// The room for a picture on A4 landscape under its title, in pixels of 1/96
// inch.
const (
	pictureWidth  = 1020.0
	pictureHeight = 580.0
)

func (b *book) picture(s *sheet, row int, p report.Picture) error {
	png, err := p.PNG()
	if err != nil {
		return err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(png))
	if err != nil {
		return err
	}
	scale := min(pictureWidth/float64(size.Width), pictureHeight/float64(size.Height))
	return b.file.AddPictureFromBytes(s.name, address(firstColumn, row, false), &excelize.Picture{
		Extension: ".png",
		File:      png,
		Format: &excelize.GraphicOptions{
			AltText: cellText(p.Alt), Name: cellText(p.Title), ScaleX: scale, ScaleY: scale,
			Positioning: "oneCell", PrintObject: &[]bool{true}[0], LockAspectRatio: true,
		},
	})
}

// The size of a chart: in rows of a sheet and in pixels.
const (
	chartRows   = 17
	chartGap    = 12 // between the table and the chart
	chartLeast  = 300
	chartMost   = 560
	chartHeight = 340
)

// pixelsPerUnit is how wide a unit of a column's width is on a screen.
const pixelsPerUnit = 8

// chartWidth is how wide a chart may be that begins at a column: as far as the
// sheet's columns go, since what stands beyond them makes the print smaller.
func (s *sheet) chartWidth(column int) uint {
	room := -chartGap
	for _, w := range s.widths[min(column-firstColumn, len(s.widths)):] {
		room += int(w+1) * pixelsPerUnit
	}
	return uint(min(max(room, chartLeast), chartMost))
}

// chart draws a table's bars beside it.
func (b *book) chart(s *sheet, c report.Chart) error {
	at := b.places[c.Table.ID]
	if len(c.Table.Rows) == 0 {
		return nil
	}
	right := firstColumn
	for _, column := range at.columns {
		right = max(right, column)
	}
	labels := at.over(at.columns[c.Label])
	plain := excelize.Font{Family: fontName, Size: 9, Color: ink}
	return b.file.AddChart(s.name, address(right+1, at.head, false), &excelize.Chart{
		Type: excelize.Bar,
		Series: []excelize.ChartSeries{{
			Name:       s.quoted() + address(at.columns[c.Bars], at.head, true),
			Categories: labels,
			Values:     at.over(at.columns[c.Bars]),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hex(b.styles.brand.dark)}},
		}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: cellText(c.Table.Title), Font: &excelize.Font{Family: fontName, Size: 11, Bold: true, Color: ink}}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: plain},
		YAxis:     excelize.ChartAxis{Font: plain, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0"}},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		Dimension: excelize.ChartDimension{Width: s.chartWidth(right + 1), Height: chartHeight},
		Format:    excelize.GraphicOptions{AltText: cellText(c.Table.Title), Positioning: "oneCell", OffsetX: chartGap},
		GapWidth:  &[]uint{45}[0],
	})
}
