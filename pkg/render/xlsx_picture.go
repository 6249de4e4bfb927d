package render

import (
	"bytes"
	"cmp"
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
	chartRows    = 17
	paretoRows   = 21
	paretoHigh   = 400
	chartColumns = 4  // that are kept free beside a table whose chart has no other room
	chartGap     = 12 // between the table and the chart
	chartLeast   = 300
	chartMost    = 560
	chartHeight  = 340
)

// pixelsPerUnit is how wide a unit of a column's width is on a screen.
const pixelsPerUnit = 8

// chartWidth is how wide a chart may be that begins at a column: as far as the
// sheet's columns go, since what stands beyond them makes the print smaller.
func (s *sheet) chartWidth(column int) uint {
	room := -chartGap
	for i, w := range s.widths {
		if i < column-firstColumn || s.hides(i) {
			continue
		}
		room += int(w+1) * pixelsPerUnit
	}
	return uint(min(max(room, chartLeast), chartMost))
}

// chart draws a table beside it.
func (b *book) chart(s *sheet, c report.Chart) error {
	at := b.places[c.Table.ID]
	if len(c.Table.Rows) == 0 {
		return nil
	}
	right := firstColumn
	for _, column := range at.columns {
		if !s.hides(column - firstColumn) {
			right = max(right, column)
		}
	}
	d := drawnChart{b, s, c, at, b.frame(s, c, right+1)}
	switch c.As {
	case report.Pareto:
		return d.add(right+1, d.pareto())
	case report.Scatter:
		return d.add(right+1, d.scatter())
	case report.Lines:
		return d.add(right+1, d.lines())
	case report.InBars:
	}
	return d.add(right+1, d.bars())
}

// frame is a chart without its series.
func (b *book) frame(s *sheet, c report.Chart, column int) excelize.Chart {
	plain := excelize.Font{Family: fontName, Size: 9, Color: ink}
	title := cellText(cmp.Or(c.Table.Title, s.title))
	return excelize.Chart{
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontName, Size: 11, Bold: true, Color: ink}}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		XAxis:     excelize.ChartAxis{Font: plain},
		YAxis:     excelize.ChartAxis{Font: plain, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		Dimension: excelize.ChartDimension{Width: s.chartWidth(column), Height: chartHeight},
		Format:    excelize.GraphicOptions{AltText: title, Positioning: "oneCell", OffsetX: chartGap},
		GapWidth:  &[]uint{45}[0],
	}
}

// drawnChart is a chart in the making.
type drawnChart struct {
	*book
	sheet *sheet
	chart report.Chart
	at    place
	frame excelize.Chart
}

func (d drawnChart) add(column int, charts []*excelize.Chart) error {
	return d.file.AddChart(d.sheet.name, address(column, d.at.head, false), charts[0], charts[1:]...)
}

// series is a column of the table.
func (d drawnChart) series(column string, colour excelize.Fill) excelize.ChartSeries {
	return excelize.ChartSeries{
		Name:       d.sheet.quoted() + address(d.at.columns[column], d.at.head, true),
		Categories: d.at.over(d.at.columns[d.chart.Label]), Values: d.at.over(d.at.columns[column]), Fill: colour,
		Line: excelize.LineOptions{Width: 2, Fill: colour},
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func (d drawnChart) brand() excelize.Fill { return solid(hex(d.styles.brand.dark)) }

// contrast is the colour of a second line.
const contrast = "C2571A"

func (d drawnChart) bars() []*excelize.Chart {
	c := d.frame
	c.Type, c.PlotArea = excelize.Bar, excelize.ChartPlotArea{ShowVal: true}
	c.XAxis.ReverseOrder, c.YAxis.NumFmt = true, excelize.ChartNumFmt{CustomNumFmt: "0"}
	series := d.series(d.chart.Bars, d.brand())
	series.Line = excelize.LineOptions{}
	c.Series = []excelize.ChartSeries{series}
	return []*excelize.Chart{&c}
}

// pareto are columns, and the share that they hold together as a line.
func (d drawnChart) pareto() []*excelize.Chart {
	c, line := d.frame, d.frame
	c.Type, line.Type = excelize.Col, excelize.Line
	c.Dimension.Height = paretoHigh // its names take as much as its columns
	c.XAxis.Alignment.TextRotation = -45
	c.Legend.Position = "bottom"
	series := d.series(d.chart.Bars, d.brand())
	series.Line = excelize.LineOptions{}
	c.Series = []excelize.ChartSeries{series}
	line.Series = []excelize.ChartSeries{d.series(d.chart.Line, solid(contrast))}
	line.Series[0].Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: solid(contrast)}
	none, whole := 0., 1.
	line.YAxis = excelize.ChartAxis{Secondary: true, Font: d.frame.YAxis.Font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0%"}, Minimum: &none, Maximum: &whole}
	return []*excelize.Chart{&c, &line}
}

// lines are one line or two over the rows.
func (d drawnChart) lines() []*excelize.Chart {
	c := d.frame
	c.Type = excelize.Scatter // whose axis of months has room for its numbers
	c.Legend.Position = "bottom"
	c.XAxis.MajorUnit, c.XAxis.TickLabelPosition = 12, excelize.ChartTickLabelLow
	c.Series = []excelize.ChartSeries{d.series(d.chart.Bars, d.brand())}
	if d.chart.Line != "" {
		c.Series = append(c.Series, d.series(d.chart.Line, solid(contrast)))
	}
	for i := range c.Series {
		c.Series[i].Marker.Symbol = "none"
		c.Series[i].Line.Type = excelize.LineSolid
	}
	return []*excelize.Chart{&c}
}

// dataBars draws a bar behind each number of the columns that want it.
func (b *book) dataBars(s *sheet, t report.Table) error {
	p := b.places[t.ID]
	for _, c := range t.Columns {
		if !c.Bars || len(t.Rows) == 0 {
			continue
		}
		at := p.columns[c.Key]
		err := b.file.SetConditionalFormat(s.name, address(at, p.head+1, false)+":"+address(at, p.last, false), []excelize.ConditionalFormatOptions{{
			Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#" + hex(b.styles.brand.tint), BarSolid: true,
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
