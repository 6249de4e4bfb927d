//go:build e2e

package e2etest

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func slidesOf(t *testing.T, name string, flags ...string) string {
	t.Helper()
	out := t.TempDir()
	done(t, append([]string{"report", example(t, name), "--only", "pptx", "-o", out}, flags...)...)
	file := filepath.Join(out, "slides.pptx")
	keep(t, file)
	return file
}

func TestMicrosoftsValidatorFindsNothingInSlides(t *testing.T) {
	for _, name := range examples {
		for _, language := range []string{"en", "es"} {
			validated(t, slidesOf(t, name, "--language", language))
		}
	}
}

func TestSlidesFromATemplateOfLibreOfficeAreAsSoundAsTheTemplate(t *testing.T) {
	template := filepath.Join("..", "..", "pkg", "render", "testdata", "templates", "libreoffice.pptx")
	before := complaints(t, template)
	for _, name := range examples {
		for c := range complaints(t, slidesOf(t, name, "--template", template)) {
			if !before[c] && !strings.Contains(c, "/ppt/slideLayouts/") && !strings.Contains(c, "/ppt/slideMasters/") {
				t.Errorf("%s: %s", name, c)
			}
		}
	}
}

func TestLibreOfficeShowsEightSlides(t *testing.T) {
	for _, name := range examples {
		out := libreOffice(t, slidesOf(t, name), "pdf")
		said := program(t, "pdfinfo", filepath.Join(out, "slides.pdf"))
		if !regexp.MustCompile(`Pages: +8\n`).MatchString(said) {
			t.Errorf("%s:\n%s", name, said)
		}
	}
}

func TestRedactedSlidesNameNoPerson(t *testing.T) {
	for part, text := range unzipped(t, slidesOf(t, "distribuidora", "--redact")) {
		for _, name := range []string{"María", "Maria", "Jordi", "Empar", "Vicente", "Carmen"} {
			if strings.HasSuffix(part, ".xml") && strings.Contains(string(text), name) {
				t.Errorf("%s names %s", part, name)
			}
		}
	}
}
