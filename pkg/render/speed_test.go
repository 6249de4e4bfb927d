package render_test

import (
	"io"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/render"
)

func BenchmarkXLSX(b *testing.B)     { benchmark(b, format{write: render.XLSX}) }
func BenchmarkHTML(b *testing.B)     { benchmark(b, format{write: render.HTML}) }
func BenchmarkMarkdown(b *testing.B) { benchmark(b, format{write: render.Markdown}) }

// benchmark writes the report of 31 flows, with a small picture.
func benchmark(b *testing.B, f format) {
	r := exampleReport(b, "distribuidora", "es")
	b.ReportAllocs()
	for b.Loop() {
		if err := f.write(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
