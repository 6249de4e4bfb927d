package report_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/advise"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/flowmap-dev/flowmap/pkg/report"
)

// texts are all texts of a report, a line each.
func texts(r report.Report) string {
	lines := []string{r.Meta.Title, r.Meta.Printed}
	for _, s := range r.Sections {
		lines = append(lines, s.Title)
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case report.Paragraph:
				lines = append(lines, b.Text)
			case report.List:
				lines = append(lines, b.Items...)
			case report.Table:
				for _, c := range b.Columns {
					lines = append(lines, c.Label)
				}
				for _, row := range b.Rows {
					for _, c := range row.Cells {
						lines = append(lines, c.Text)
					}
				}
			case report.Figures, report.Chart, report.Picture:
			}
		}
	}
	return strings.Join(lines, "\n")
}

// Every flow on every platform has a page in each language whose sentences are
// all there, and that is no longer than a printed page holds: some 6,000
// letters of 8.6 points on A4.
func TestRunbooksAreOnePageInEachLanguage(t *testing.T) {
	const most = 6000
	r, err := catalogue.LoadRecovery()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"en", "es"} {
		words, err := lang.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"tienda", "distribuidora"} {
			base := run(t, example(t, name))
			for _, f := range base.Workspace.Flows {
				for _, p := range append([]catalogue.Platform{{}}, base.Catalogue.Platforms...) {
					on := advise.Candidate{Flow: f.ID, Platform: p.ID, Pattern: "push"}
					text := texts(report.RunbookPage(base, words, advise.RunbookOf(base.Workspace, base.Catalogue, r, f, on)))
					if strings.Contains(text, "‹") || strings.Contains(text, "{{") {
						t.Errorf("%s, %s on %s: a sentence without words", language, f.ID, p.ID)
					}
					if n := len([]rune(text)); n > most {
						t.Errorf("%s, %s on %s: %d letters, want %d at most", language, f.ID, p.ID, n, most)
					}
				}
			}
		}
	}
}

func TestARunbookSaysWhoDoesWhatByHand(t *testing.T) {
	base := run(t, example(t, "tienda"))
	r, err := catalogue.LoadRecovery()
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	f, _ := base.Workspace.Flow("orders-to-books")
	text := texts(report.RunbookPage(base, words, advise.RunbookOf(base.Workspace, base.Catalogue, r, f, advise.Candidate{Platform: "zapier", Pattern: "push"})))
	for _, want := range []string{"Typed from Shopify's order list on Friday. Nora decides", "On Zapier", "Autoreplay", "within 1 day", "https://shopify.dev/changelog", "order-number"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
