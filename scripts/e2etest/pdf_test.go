//go:build e2e

package e2etest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// proposalPDF writes the proposal of an example as a PDF: by the browser that is
// found, or as the flags say.
func proposalPDF(t *testing.T, name string, flags ...string) string {
	t.Helper()
	out := t.TempDir()
	done(t, append([]string{"report", example(t, name), "--only", "pdf", "-o", out}, flags...)...)
	file := filepath.Join(out, "proposal.pdf")
	keep(t, file)
	return file
}

func TestABrowserPrintsTheProposalWithTags(t *testing.T) {
	for _, name := range examples {
		file := proposalPDF(t, name)
		said := program(t, "pdfinfo", file)
		if !regexp.MustCompile(`Tagged: +yes`).MatchString(said) || strings.Contains(said, "CreationDate") {
			t.Errorf("%s: it has no tags, or a date:\n%s", name, said)
		}
		tags := program(t, "pdfinfo", "-struct", file)
		for _, want := range []string{"H1", "H2", "Table", "TH", "Caption", "Figure"} {
			if !strings.Contains(tags, want) {
				t.Errorf("%s: nothing is tagged as %s", name, want)
			}
		}
		samePages(t, file, proposalPDF(t, name))
	}
}

func TestOursIsAPDFWithoutTagsAndWithAnOutline(t *testing.T) {
	for _, name := range examples {
		file := proposalPDF(t, name, "--browser", "none")
		if said := program(t, "pdfinfo", file); !regexp.MustCompile(`Tagged: +no`).MatchString(said) {
			t.Errorf("%s:\n%s", name, said)
		}
		for _, font := range strings.Split(strings.TrimSpace(program(t, "pdffonts", file)), "\n")[2:] {
			if !strings.Contains(font, "Liberation") && !strings.Contains(font, "utf8") {
				t.Errorf("%s: a font is not embedded: %s", name, font)
			}
		}
		samePages(t, file, proposalPDF(t, name, "--browser", "none"))
	}
}

func samePages(t *testing.T, one, other string) {
	t.Helper()
	a, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Errorf("two PDFs of one workspace differ: %s", one)
	}
}

// Both PDFs say what the Word document says, in both languages: every figure of
// pandoc's text of it.
func TestBothPDFsSayWhatTheWordDocumentSays(t *testing.T) {
	for _, name := range examples {
		for _, language := range languages {
			t.Run(name+"/"+language, func(t *testing.T) { samePDFs(t, name, "--language", language) })
		}
	}
}

func samePDFs(t *testing.T, name string, in ...string) {
	t.Helper()
	text := program(t, "pandoc", "-f", "docx", "-t", "plain", "--wrap=none", "--columns=10000", proposal(t, name, in...))
	figures := regexp.MustCompile(`[\d.,]*\d[\d.,]*(?:\x{a0}?[€%])?`).FindAllString(text, -1)
	if len(figures) < 300 {
		t.Fatalf("the document has only %d figures", len(figures))
	}
	for _, flags := range [][]string{nil, {"--browser", "none"}} {
		shown := unspaced(program(t, "pdftotext", "-layout", proposalPDF(t, name, append(flags, in...)...), "-"))
		for _, figure := range figures {
			if !strings.Contains(shown, unspaced(strings.Trim(figure, ".,"))) {
				t.Errorf("%v: the PDF does not show %s", flags, figure)
			}
		}
	}
}

// unspaced is a text without spaces.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

func TestARedactedPDFNamesNoPerson(t *testing.T) {
	for _, flags := range [][]string{{"--redact"}, {"--redact", "--browser", "none"}} {
		text := program(t, "pdftotext", proposalPDF(t, "distribuidora", flags...), "-")
		for _, name := range []string{"María", "Maria", "Jordi"} {
			if strings.Contains(text, name) {
				t.Errorf("%v: the PDF names %s", flags, name)
			}
		}
	}
}

// A browser that is found and does not work costs the tags, not the PDF.
func TestABrowserThatFailsCostsTheTagsAlone(t *testing.T) {
	folder, out := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\necho 'no display' >&2\nexit 3\n"
	if err := os.WriteFile(filepath.Join(folder, "chromium"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	r := start(t, append(os.Environ(), "PATH="+folder+":/usr/bin:/bin"), binary, "report", example(t, "tienda"), "--only", "pdf", "-o", out)
	if r.code != 0 || !strings.Contains(r.stderr, "the PDF has no tags") || !strings.Contains(r.stderr, "no display") {
		t.Errorf("it ended with %d and said %q", r.code, r.stderr)
	}
	if said := program(t, "pdfinfo", filepath.Join(out, "proposal.pdf")); !strings.Contains(said, "Pages:") {
		t.Errorf("there is no PDF: %s", said)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "flowmap-print-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the browser's folder is still there: %v %v", left, err)
	}
}
