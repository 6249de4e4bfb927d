package render

import (
	"html/template"
	"io"
	"io/fs"

	"github.com/flowmap-dev/flowmap/pkg/report"
	"github.com/flowmap-dev/flowmap/templates"
)

// Served writes the report's page as a server shows it: one that asks, at
// "state" beside it, whether another version is there, and then loads it. The
// answer is an object with the texts version and problems. Its policy lets it
// ask where it came from, and nowhere else.
func Served(w io.Writer, r report.Report, version string) error {
	watch, err := fs.ReadFile(templates.FS(), "html/watch.js")
	if err != nil {
		return err
	}
	return writePage(w, r, func(v *page, f figures) {
		v.Policy = policyOf(v.styleText, v.scriptText, string(watch)) + "; connect-src 'self'"
		escaped := template.HTMLEscapeString
		v.Watch = template.HTML(`<script data-version="` + escaped(version) + `" data-problems="` + escaped(f.Text("page.serve.problems", nil)) +
			`" data-gone="` + escaped(f.Text("page.serve.gone", nil)) + `">` + string(watch) + `</script>`)
	})
}
