package main

import (
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
					e.Setenv("XDG_CACHE_HOME", cache)
					for _, example := range []string{"distribuidora", "tienda"} {
						from := filepath.Join("..", "..", "examples", example)
						if err := os.CopyFS(filepath.Join(e.WorkDir, example), os.DirFS(from)); err != nil {
							return err
						}
					}
					return nil
				},
			})
		})
	}
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
