package render_test

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render"
)

// The summary prints at the width of its tables, on two pages:
// the chart stands beside its table and ends where the tables end.
func TestTheSummaryIsNotPrintedInMiniature(t *testing.T) {
	all := parts(t, workbook(t, exampleReport(t, "distribuidora", "es")))
	sheet := string(all["xl/worksheets/sheet1.xml"])
	for _, want := range []string{`fitToWidth="1"`, `fitToHeight="2"`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the summary lacks %s", want)
		}
	}
	columns := 0
	for _, m := range regexp.MustCompile(`<col [^>]*max="(\d+)"`).FindAllStringSubmatch(sheet, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		columns = max(columns, n)
	}
	to := regexp.MustCompile(`<xdr:to><xdr:col>(\d+)</xdr:col>`).FindStringSubmatch(string(all["xl/drawings/drawing1.xml"]))
	if to == nil {
		t.Fatal("the summary has no chart")
	}
	if last, err := strconv.Atoi(to[1]); err != nil || last >= columns { // counted from 0
		t.Errorf("the chart ends in column %d, after the sheet's %d", last+1, columns)
	}
}

// A few rows do not stand alone on a last page: the sheet prints a little
// smaller instead. One with many more rows than a page takes does not.
func TestNoPageIsPrintedForAFewRows(t *testing.T) {
	all := parts(t, workbook(t, exampleReport(t, "distribuidora", "es")))
	for sheet, want := range map[string]string{"sheet4": "1", "sheet2": "1"} { // connections, priorities
		if !strings.Contains(string(all["xl/worksheets/"+sheet+".xml"]), `fitToHeight="`+want+`"`) {
			t.Errorf("%s does not fit on %s page", sheet, want)
		}
	}
}

// A sentence with a Hebrew or an Arabic name in it runs from left to right.
func TestRightToLeftNamesDoNotTurnSentencesRound(t *testing.T) {
	r := exampleReport(t, "tienda", "en")
	var page bytes.Buffer
	if err := render.HTML(&page, r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<bdi>") {
		t.Error("a text of the page takes its direction from its first letter")
	}
	all := parts(t, workbook(t, r))
	styles := string(all["xl/styles.xml"])
	formats := regexp.MustCompile(`<alignment [^>]*vertical="[^>]*>`).FindAllString(styles, -1)
	if len(formats) == 0 {
		t.Fatal("no cell has an alignment")
	}
	for _, f := range formats {
		if !strings.Contains(f, `readingOrder="1"`) {
			t.Errorf("cells are not read from left to right: %s", f)
		}
	}
}
