//go:build e2e

package e2etest

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// proposal writes the proposal of an example, with flags.
func proposal(t *testing.T, name string, flags ...string) string {
	t.Helper()
	out := t.TempDir()
	done(t, append([]string{"report", example(t, name), "--only", "docx", "-o", out}, flags...)...)
	file := filepath.Join(out, "proposal.docx")
	keep(t, file)
	return file
}

func TestMicrosoftsValidatorFindsNothingInTheProposal(t *testing.T) {
	for _, name := range examples {
		for _, language := range []string{"en", "es"} {
			validated(t, proposal(t, name, "--language", language))
		}
	}
}

func TestMicrosoftsValidatorFindsNothingInAProposalFromATemplate(t *testing.T) {
	for _, name := range examples {
		validated(t, proposal(t, name, "--template", filepath.Join("..", "..", "pkg", "render", "testdata", "templates", "docx-js.docx")))
	}
}

// What LibreOffice itself writes is not all to the letter: the proposal made of
// its template has no error that the template has not.
func TestAProposalFromATemplateOfLibreOfficeIsAsSoundAsTheTemplate(t *testing.T) {
	template := filepath.Join("..", "..", "pkg", "render", "testdata", "templates", "libreoffice.docx")
	before := complaints(t, template)
	for _, name := range examples {
		for c := range complaints(t, proposal(t, name, "--template", template)) {
			if !before[c] {
				t.Errorf("%s: %s", name, c)
			}
		}
	}
}

func complaints(t *testing.T, file string) map[string]bool {
	t.Helper()
	r := start(t, nil, "ooxml-validator", file)
	var said struct {
		Errors []struct{ Description, Path, XPath string }
	}
	if err := json.Unmarshal([]byte(r.stdout), &said); err != nil {
		t.Fatalf("the validator said %s%s", r.stdout, r.stderr)
	}
	all := map[string]bool{}
	for _, e := range said.Errors {
		all[e.Path+" "+e.XPath+" "+e.Description] = true
	}
	return all
}

func TestPandocReadsHeadingsAndTablesOfTheProposal(t *testing.T) {
	text := program(t, "pandoc", "-f", "docx", "-t", "markdown", "--columns=400", proposal(t, "distribuidora"))
	for _, want := range []string{"\n# Resumen", "\n# Próximos pasos", "\n## ", "Horas por semana a mano", "Pedidos por correo tecleados en el ERP"} {
		if !strings.Contains(text, want) {
			t.Errorf("pandoc does not read %q", want)
		}
	}
}

func TestLibreOfficePrintsTheProposal(t *testing.T) {
	for _, name := range examples {
		out := libreOffice(t, proposal(t, name), "pdf")
		said := program(t, "pdfinfo", "-l", "100", filepath.Join(out, "proposal.pdf"))
		if !strings.Contains(said, "595.") || !strings.Contains(said, "841.") {
			t.Errorf("%s: it is not printed on A4:\n%s", name, said)
		}
	}
}

func TestARedactedProposalNamesNoPerson(t *testing.T) {
	for part, text := range unzipped(t, proposal(t, "distribuidora", "--redact")) {
		for _, name := range []string{"María", "Maria", "Jordi"} {
			if !strings.HasSuffix(part, ".png") && strings.Contains(string(text), name) {
				t.Errorf("%s names %s", part, name)
			}
		}
	}
}
