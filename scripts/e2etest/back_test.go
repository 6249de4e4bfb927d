//go:build e2e

package e2etest

import (
	"path/filepath"
	"strings"
	"testing"
)

// A workbook that LibreOffice saved, which writes every part anew, comes back:
// as nothing where nobody changed it, else as the number that was changed.
func TestAWorkbookSavedByLibreOfficeComesBack(t *testing.T) {
	for _, name := range examples {
		workspace := example(t, name)
		dir := t.TempDir()
		done(t, "report", workspace, "--only", "xlsx", "-o", dir)
		saved := filepath.Join(libreOffice(t, filepath.Join(dir, "report.xlsx"), "xlsx:Calc MS Excel 2007 XML"), "report.xlsx")
		if out := done(t, "import", saved, workspace, "--dry-run"); out != "Nothing changes: every number is as the report had it.\n" {
			t.Errorf("%s: untouched, the import says %q", name, out)
		}
		for _, in := range inputsOf(t, cells(t, saved)) {
			if in.path != "discount_rate" {
				continue
			}
			changed := filepath.Join(dir, "changed.xlsx")
			with(t, saved, partOf(t, saved, in.sheet), in.ref, 0.07, changed)
			out := done(t, "import", changed, workspace, "--dry-run")
			if !strings.Contains(out, in.sheet+"!"+in.ref) || !strings.Contains(out, "Nothing was written.") {
				t.Errorf("%s: with another discount rate the import says %q", name, out)
			}
		}
	}
}
