package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sections are what a report's JSON says of its tables.
type sections struct {
	Sections []struct {
		Blocks []struct {
			ID      string
			Columns []struct{ Key, Kind string }
			Rows    []struct{ Cells []any }
		}
	}
}

// What came true is shown in the currency that the report is asked for, like all
// else: money at the rate, and nothing but money.
func TestWhatCameTrueIsToldInTheReportsCurrency(t *testing.T) {
	const rate = .8
	for _, language := range []string{"en", "es"} {
		made := func(flags ...string) sections {
			out := t.TempDir()
			args := append([]string{"report", filepath.Join("..", "..", "examples", "tienda-after"), "--language", language, "--only", "json", "-o", out}, flags...)
			if said, code := runHere(t, args...); code != 0 {
				t.Fatal(said)
			}
			text, err := os.ReadFile(filepath.Join(out, "report.json"))
			if err != nil {
				t.Fatal(err)
			}
			var s sections
			if err := json.Unmarshal(text, &s); err != nil {
				t.Fatal(err)
			}
			return s
		}
		own, other := made(), made("--currency", "USD", "--set", "exchange_rates.USD=0.8")
		money := 0
		for i, s := range own.Sections {
			for j, b := range s.Blocks {
				if !strings.HasPrefix(b.ID, "track-") {
					continue
				}
				for k, row := range b.Rows {
					for c, cell := range row.Cells {
						was, ok := cell.(float64)
						now, also := other.Sections[i].Blocks[j].Rows[k].Cells[c].(float64)
						if !ok || !also {
							continue
						}
						want := was
						if kind := b.Columns[c].Kind; kind == "money" || kind == "price" {
							want, money = was/rate, money+1
						}
						if math.Abs(now-want) > .02 { // parts are rounded to cents
							t.Errorf("%s, %s: %s is %v in dollars, want %v", language, b.ID, b.Columns[c].Key, now, want)
						}
					}
				}
			}
		}
		if money < 30 {
			t.Errorf("%s: only %d amounts were compared", language, money)
		}
	}
}
