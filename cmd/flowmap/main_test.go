package main

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"flowmap": main})
}

// TestScripts runs the real main on the examples and on what people do wrong.
// UPDATE_SCRIPTS=1 rewrites what the scripts expect.
func TestScripts(t *testing.T) {
	cache := warmCache(t)
	for _, dir := range []string{"script", "errors"} {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Dir:                 filepath.Join("testdata", dir),
				UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
				RequireExplicitExec: true,
				Setup: func(e *testscript.Env) error {
					e.Setenv("HOME", e.WorkDir)
					program, err := exec.LookPath("flowmap") // for scripts without a PATH
					if err != nil {
						return err
					}
					e.Setenv("FLOWMAP", program)
					e.Setenv("XDG_CACHE_HOME", cache)
					for _, example := range []string{"distribuidora", "tienda", "tienda-after"} {
						from := filepath.Join("..", "..", "examples", example)
						if err := os.CopyFS(filepath.Join(e.WorkDir, example), os.DirFS(from)); err != nil {
							return err
						}
					}
					return wordFiles(e.WorkDir)
				},
			})
		})
	}
}

// wordFiles makes the templates that scripts cannot hold as text: one that is too
// large, and one with a placeholder that nothing stands for.
func wordFiles(dir string) error {
	large := filepath.Join(dir, "large.docx")
	if err := os.WriteFile(large, nil, 0o644); err != nil {
		return err
	}
	if err := os.Truncate(large, mostRead+1); err != nil {
		return err
	}
	const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{weather}}</w:t></w:r></w:p></w:body></w:document>`
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{{"[Content_Types].xml", types}, {"_rels/.rels", relations}, {"word/document.xml", document}} {
		entry, err := w.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := entry.Write([]byte(part[1])); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "weather.docx"), out.Bytes(), 0o644)
}

// warmCache has Graphviz's machine code made once for all scripts: this very
// program makes it as it starts, before it runs no test.
func warmCache(t *testing.T) string {
	t.Helper()
	cache := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^$")
	c.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache)
	if text, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return cache
}
