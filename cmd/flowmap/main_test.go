package main

import (
	"os"
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
	cache := t.TempDir() // of Graphviz's machine code, made once for all scripts
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
