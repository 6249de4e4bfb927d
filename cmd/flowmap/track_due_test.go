package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// A terminal is told which interviews are due; what is written does not hang on
// the day.
func TestDueInterviewsAreToldToTerminals(t *testing.T) {
	run := func(day string, terminal bool) (out, errs string) {
		var o, e bytes.Buffer
		w := &world{in: strings.NewReader(""), out: &o, err: &e, errTerminal: terminal, env: func(name string) string {
			if name == "SOURCE_DATE_EPOCH" {
				return day
			}
			return ""
		}}
		if code := w.run(context.Background(), []string{"track", filepath.Join("..", "..", "examples", "tienda-after")}); code != exitDone {
			t.Fatalf("exit code %d: %s", code, &e)
		}
		return o.String(), e.String()
	}
	const july2027, december2027 = "1814400000", "1828000000"
	quiet, errs := run(july2027, true)
	if errs != "" {
		t.Errorf("in July all has been asked, and it says %q", errs)
	}
	said, errs := run(december2027, true)
	if want := "Supplier invoices typed into the books: the interview 6 months after go-live is due since 2027-10-12. "; !strings.HasPrefix(strings.ReplaceAll(errs, "\n", " "), want) {
		t.Errorf("in December it says %q, want %q", errs, want)
	}
	if said != quiet {
		t.Error("what is written hangs on the day")
	}
	if _, errs := run(december2027, false); errs != "" {
		t.Errorf("to a file it says %q", errs)
	}
}
