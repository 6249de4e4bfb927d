package render

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/xuri/excelize/v2"
)

const chartType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

// chart writes a table with a native chart of bars beside it, a bar at the
// height of each row.
func (w *slideWriter) chart(room box, c report.Chart) error {
	const share, gap = .62, 10.0
	s := w.fit(c.Table, room.wide*share, room.high)
	even(s.highs)
	for s.high() > room.high && s.size > 8 {
		s = w.setTable(c.Table, s.size-1, room.wide*share)
		even(s.highs)
	}
	w.grid(box{room.x, room.y, room.wide * share, s.high()}, s, c.Table.Columns[0].Label)
	n := len(s.rows) - s.totals
	part, err := w.chartPart(c, n)
	if err != nil {
		return err
	}
	relation, err := w.pkg.Relate(w.part, "chart", part)
	if err != nil {
		return err
	}
	high := 0.0
	for _, h := range s.highs[:n] {
		high += h
	}
	bars := slices.IndexFunc(c.Table.Columns, func(x report.Column) bool { return x.Key == c.Bars })
	title := opc.Escape(clean(c.Table.Columns[bars].Label))
	at := box{room.x + room.wide*share + gap, room.y + s.heads, room.wide*(1-share) - gap, high}
	w.out.WriteString(`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="` + w.id() + `" name="Chart" descr="` + title + `"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>` + extent(at) +
		`</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="` + relation + `"/></a:graphicData></a:graphic></p:graphicFrame>`)
	return nil
}

// even gives all rows the height of the highest.
func even(highs []float64) {
	if len(highs) == 0 {
		return
	}
	most := slices.Max(highs)
	for i := range highs {
		highs[i] = most
	}
}

// chartPart adds a chart of the first n rows, with the workbook that PowerPoint
// opens to edit it.
func (w *slideWriter) chartPart(c report.Chart, n int) (string, error) {
	label := slices.IndexFunc(c.Table.Columns, func(x report.Column) bool { return x.Key == c.Label })
	bars := slices.IndexFunc(c.Table.Columns, func(x report.Column) bool { return x.Key == c.Bars })
	f := excelize.NewFile()
	sheet := f.GetSheetName(0)
	rows := [][]any{{clean(c.Table.Columns[label].Label), clean(c.Table.Columns[bars].Label)}}
	var names, values strings.Builder
	for i, r := range c.Table.Rows[:n] {
		name, value := w.cellTextOf(r.Cells[label]), r.Cells[bars].Number
		rows = append(rows, []any{name, value})
		names.WriteString(`<c:pt idx="` + strconv.Itoa(i) + `"><c:v>` + opc.Escape(name) + `</c:v></c:pt>`)
		values.WriteString(`<c:pt idx="` + strconv.Itoa(i) + `"><c:v>` + strconv.FormatFloat(value, 'g', -1, 64) + `</c:v></c:pt>`)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &row); err != nil {
			return "", err
		}
	}
	var raw, book bytes.Buffer
	if err := f.Write(&raw); err != nil {
		return "", err
	}
	if err := repack(&book, raw.Bytes(), w.deck.Report.Meta); err != nil {
		return "", err
	}
	part, data := w.pkg.Free("ppt/charts/chart", ".xml"), w.pkg.Free("ppt/embeddings/chart", ".xlsx")
	w.pkg.Set(data, book.Bytes(), "")
	id, err := w.pkg.Relate(part, "package", data)
	if err != nil {
		return "", err
	}
	last, count := strconv.Itoa(n+1), `<c:ptCount val="`+strconv.Itoa(n)+`"/>`
	none := `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>`
	w.pkg.Set(part, []byte(xmlHead+`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`+
		`<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/><c:w val="1"/><c:h val="1"/></c:manualLayout></c:layout>`+
		`<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>`+sheet+`!$B$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>`+opc.Escape(clean(c.Table.Columns[bars].Label))+`</c:v></c:pt></c:strCache></c:strRef></c:tx>`+
		`<c:spPr>`+w.accent.fill+`</c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>`+sheet+`!$A$2:$A$`+last+`</c:f><c:strCache>`+count+names.String()+`</c:strCache></c:strRef></c:cat>`+
		`<c:val><c:numRef><c:f>`+sheet+`!$B$2:$B$`+last+`</c:f><c:numCache><c:formatCode>General</c:formatCode>`+count+values.String()+`</c:numCache></c:numRef></c:val></c:ser><c:gapWidth val="70"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>`+
		`<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="1"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="1002"/><c:crosses val="autoZero"/></c:catAx>`+
		`<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="1001"/><c:crosses val="autoZero"/></c:valAx>`+
		none+`</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`+none+`<c:externalData r:id="`+id+`"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`), chartType)
	return part, nil
}

func (w *slideWriter) cellTextOf(c report.Cell) string { return clean(w.figures.cell(c)) }
