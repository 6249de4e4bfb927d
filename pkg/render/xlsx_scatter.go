package render

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// named is how many points of a scatter carry their names: the first rows.
const named = 6

// scatter are points, the first of which carry their names where these find room.
func (d drawnChart) scatter() []*excelize.Chart {
	c, others := d.frame, d.frame
	c.Type, others.Type = excelize.Scatter, excelize.Scatter
	c.Dimension.Width, c.Dimension.Height = 640, 460
	c.PlotArea = excelize.ChartPlotArea{ShowSerName: true}
	head := func(column string) excelize.ChartTitle {
		for _, col := range d.chart.Table.Columns {
			if col.Key == column {
				return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: cellText(col.Label), Font: &d.frame.XAxis.Font}}}
			}
		}
		return excelize.ChartTitle{}
	}
	c.XAxis.Title, c.YAxis.Title = head(d.chart.Bars), head(d.chart.Line)
	c.XAxis.NumFmt, c.XAxis.MajorGridLines = c.YAxis.NumFmt, true
	point := func(first, last int, colour string) excelize.ChartSeries {
		over := func(column string) string {
			at := d.at.columns[column]
			return d.sheet.quoted() + address(at, first, true) + ":" + address(at, last, true)
		}
		return excelize.ChartSeries{
			Name:       d.sheet.quoted() + address(d.at.columns[d.chart.Label], first, true),
			Categories: over(d.chart.Bars), Values: over(d.chart.Line), Line: excelize.LineOptions{Type: excelize.LineNone},
			Marker: excelize.ChartMarker{Symbol: "circle", Size: 8, Fill: solid(colour)},
		}
	}
	first, last := d.at.head+1, d.at.last
	for i, room := range d.roomForNames() {
		one := point(first+i, first+i, hex(d.styles.brand.dark))
		if room {
			c.Series = append(c.Series, one)
		} else {
			others.Series = append(others.Series, one)
		}
	}
	if first+named <= last {
		others.Series = append(others.Series, point(first+named, last, soft))
	}
	if len(others.Series) == 0 {
		return []*excelize.Chart{&c}
	}
	return []*excelize.Chart{&c, &others}
}

// The size of a scatter's plot and of its names, in pixels, about as Excel and
// LibreOffice draw them.
const (
	plotWidth, plotHeight       = 540., 370.
	nameWidth, letter, nameLine = 150., 7., 17.
)

// roomForNames tells which of the first points carry their names, to their right,
// so that none covers another. The axes begin at zero, or nearer to the points,
// which then are further apart.
func (d drawnChart) roomForNames() []bool {
	points := d.points()
	points = points[:min(named, len(points))]
	room := make([]bool, len(points))
	for i, p := range points {
		room[i] = true
		for j, q := range points[:i] {
			if room[j] && math.Abs(p.x-q.x) < max(p.wide, q.wide) && math.Abs(p.y-q.y) < (p.high+q.high)/2 {
				room[i] = false
			}
		}
	}
	return room
}

// scattered is a point on the plot and the size of its name.
type scattered struct{ x, y, wide, high float64 }

// points are those of the rows.
func (d drawnChart) points() []scattered {
	t := d.chart.Table
	at := func(key string) int {
		return slices.IndexFunc(t.Columns, func(c report.Column) bool { return c.Key == key })
	}
	name, across, up := at(d.chart.Label), at(d.chart.Bars), at(d.chart.Line)
	widest, highest := 1., 1.
	for _, r := range t.Rows {
		widest, highest = max(widest, r.Cells[across].Number), max(highest, r.Cells[up].Number)
	}
	var points []scattered
	for _, r := range t.Rows { // the axes end a little above what they show
		long := letter * float64(utf8.RuneCountInString(r.Cells[name].Text))
		points = append(points, scattered{
			x: r.Cells[across].Number / widest * .9 * plotWidth, y: r.Cells[up].Number / highest * .9 * plotHeight,
			wide: min(long, nameWidth), high: nameLine * math.Ceil(long/nameWidth),
		})
	}
	return points
}
