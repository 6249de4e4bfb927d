//go:build e2e

package e2etest

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	bits "encoding/binary"
	"html"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"
)

// personal are the fields of a workspace that hold people.
var personal = []string{"people", "with", "by", "owner", "technical_owner", "person", "who"}

// peopleIn are the names of all people in a workspace, whole and each part by
// itself, without accents and capitals. What is no person in such a field, such as
// a department or an id, begins with a small letter or is declared.
func peopleIn(t *testing.T, dir string) []string {
	t.Helper()
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	for _, r := range w.Roles {
		declared[bare(r.Name)] = true
	}
	names := map[string]bool{}
	for _, f := range w.Files() {
		var node any
		if err := yaml.Unmarshal(f.Text, &node); err != nil {
			t.Fatal(err)
		}
		collect(node, false, func(name string) {
			if first, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(first) || declared[bare(name)] {
				return
			}
			names[bare(name)] = true
			for _, part := range strings.Fields(name) {
				names[bare(part)] = true
			}
		})
	}
	return slices.Sorted(maps.Keys(names))
}

// collect walks YAML and gives each text of a field that holds people.
func collect(node any, people bool, take func(string)) {
	switch x := node.(type) {
	case map[string]any:
		for key, value := range x {
			collect(value, slices.Contains(personal, key), take)
		}
	case []any:
		for _, value := range x {
			collect(value, people, take)
		}
	case string:
		if people {
			take(x)
		}
	}
}

// bare is a text without accents and capitals.
func bare(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// named are those of the names that stand in a text as words of their own.
func named(text string, names []string) []string {
	words := map[string]bool{}
	var found []string
	plain := bare(text)
	for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words[word] = true
	}
	for _, name := range names {
		if words[name] || strings.Contains(name, " ") && strings.Contains(plain, name) {
			found = append(found, name)
		}
	}
	return found
}

var embedded = regexp.MustCompile(`base64,[A-Za-z0-9+/=]+`)

// tells is everything that a file says to a person or a program that looks, by where
// it says so: each part of an archive, a document's text and what is told about it.
func tells(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"its name": filepath.Base(file)}
	read(t, all, filepath.Base(file), text)
	if filepath.Ext(file) == ".pdf" {
		all["its pages"] = program(t, "pdftotext", file, "-")
		all["its information"] = program(t, "pdfinfo", "-struct-text", file) + program(t, "pdfinfo", file)
	}
	return all
}

func read(t *testing.T, all map[string]string, name string, content []byte) {
	t.Helper()
	switch filepath.Ext(name) {
	case ".xlsx", ".docx", ".pptx":
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name+", the archive"] = archive.Comment
		for _, entry := range archive.File {
			part, err := entry.Open()
			if err != nil {
				t.Fatal(err)
			}
			inside, err := io.ReadAll(part)
			if err != nil {
				t.Fatal(err)
			}
			all[name+", the archive"] += "\n" + entry.Name + " " + entry.Comment
			read(t, all, name+"/"+entry.Name, inside)
		}
	case ".png":
		all[name] = pngTexts(content)
	case ".pdf":
		all[name] = pdfObjects(content)
	default:
		text := embedded.ReplaceAllString(string(content), "")
		all[name] = text
		all[name+", decoded"] = html.UnescapeString(text)
		if decoded, err := url.PathUnescape(text); err == nil {
			all[name+", as an address"] = decoded
		}
	}
}

// pngTexts are the chunks of a PNG that are no picture.
func pngTexts(content []byte) string {
	var texts strings.Builder
	for at := 8; at+8 <= len(content); {
		length := int(bits.BigEndian.Uint32(content[at:]))
		kind := string(content[at+4 : at+8])
		if !slices.Contains([]string{"IHDR", "PLTE", "tRNS", "IDAT", "IEND", "pHYs", "sRGB", "gAMA"}, kind) {
			texts.Write(content[at+8 : at+8+length])
		}
		at += 12 + length
	}
	return texts.String()
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`)
	hexText   = regexp.MustCompile(`<([0-9A-Fa-f\s]{8,})>`)
)

// pdfObjects are the objects of a PDF as a reader's program sees them: alternative
// texts, the outline and what is told of the document. Pages are read by pdftotext,
// and fonts are no text.
func pdfObjects(content []byte) string {
	objects := pdfStream.ReplaceAll(content, nil)
	for _, m := range pdfStream.FindAllSubmatchIndex(content, -1) {
		head := content[max(0, m[0]-300):m[0]]
		if i := bytes.LastIndex(head, []byte(" obj")); i >= 0 {
			head = head[i:]
		}
		if !bytes.Contains(head, []byte("/ObjStm")) && !bytes.Contains(head, []byte("/Metadata")) {
			continue
		}
		inflated := content[m[2]:m[3]]
		if r, err := zlib.NewReader(bytes.NewReader(inflated)); err == nil {
			if out, err := io.ReadAll(r); err == nil {
				inflated = out
			}
		}
		objects = append(objects, inflated...)
	}
	objects = hexText.ReplaceAllFunc(objects, func(digits []byte) []byte {
		var out []byte
		high := byte(0)
		for i, d := range bytes.Join(bytes.Fields(digits[1:len(digits)-1]), nil) {
			value := byte(strings.IndexByte("0123456789abcdef", d|0x20))
			if d <= '9' {
				value = d - '0'
			}
			if i%2 == 1 {
				out = append(out, high<<4|value)
			}
			high = value
		}
		return append(out, '\n')
	})
	// Texts are UTF-16 or Latin 1: without the zeros of the one both are Latin 1.
	var latin strings.Builder
	for _, b := range bytes.ReplaceAll(objects, []byte{0}, nil) {
		latin.WriteRune(rune(b))
	}
	return latin.String() + "\n" + string(objects)
}

// redactedFiles writes everything that takes --redact, of an example in a language.
func redactedFiles(t *testing.T, name, language string) string {
	t.Helper()
	dir, out := filepath.Join("..", "..", "examples", name), t.TempDir()
	into := func(parts ...string) string { return filepath.Join(append([]string{out}, parts...)...) }
	write := func(file string, args ...string) {
		done(t, append(args, "--redact", "--language", language, "-o", into(file))...)
	}
	for _, only := range [][]string{
		{"xlsx,html,docx,md,svg,png,pdf,pptx,csv,json", "report", "--browser", "none"}, {"pdf", "browser"},
	} {
		done(t, append([]string{"report", dir, "--only", only[0], "--redact", "--language", language, "-o", into(only[1])}, only[2:]...)...)
	}
	for _, format := range []string{"svg", "png", "pdf", "drawio", "mermaid", "d2", "plantuml", "structurizr", "dot", "json"} {
		write("map."+format, "map", dir, "--format", format)
	}
	for _, view := range []string{"records", "heat", "target", "change"} {
		write(view+".svg", "map", dir, "--view", view, "--format", "svg")
	}
	for _, to := range []string{"archimate", "bpmn", "openlineage"} {
		write("export."+to, "export", dir, "--to", to)
	}
	w, err := audit.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range w.Flows {
		if r := flowmap(t, "export", "--to", "n8n", f.ID, dir, "--redact", "--language", language, "-o", into(f.ID+".n8n.json")); r.code == 0 {
			write(f.ID+".runbook.md", "runbook", f.ID, dir)
		}
	}
	if len(w.Actuals) > 0 {
		for _, format := range []string{"table", "markdown", "json"} {
			save(t, into("track."+format), done(t, "track", dir, "--redact", "--language", language, "--format", format))
		}
	}
	return out
}

// Whatever is written with --redact, in its text, in what is told about it, beside
// its pictures and in the names of files, no person of the workspace is named: not
// whole, not by the first name, not without accents or in capitals.
func TestNothingRedactedNamesAnybody(t *testing.T) {
	for _, name := range append(slices.Clone(examples), "tienda-after") {
		names := peopleIn(t, filepath.Join("..", "..", "examples", name))
		if len(names) < 4 {
			t.Fatalf("%s: only %q were found", name, names)
		}
		for _, language := range languages {
			t.Run(name+"/"+language, func(t *testing.T) {
				files := 0
				out := redactedFiles(t, name, language)
				err := filepath.WalkDir(out, func(file string, entry fs.DirEntry, err error) error {
					if err != nil || entry.IsDir() {
						return err
					}
					files++
					for where, text := range tells(t, file) {
						if found := named(text, names); len(found) > 0 {
							t.Errorf("%s, %s: names %q", strings.TrimPrefix(file, out), where, found)
						}
					}
					return nil
				})
				if err != nil || files < 60 {
					t.Errorf("%d files were read: %v", files, err)
				}
			})
		}
	}
}

// Without --redact each of these formats names people, so that the test above would
// see a name there.
func TestWhatIsNotRedactedNamesPeople(t *testing.T) {
	dir, out := filepath.Join("..", "..", "examples", "distribuidora"), t.TempDir()
	names := peopleIn(t, dir)
	done(t, "report", dir, "--only", "xlsx,html,docx,md,svg,pptx,csv,json,pdf", "--browser", "none", "-o", out)
	done(t, "report", dir, "--only", "pdf", "-o", filepath.Join(out, "browser"))
	for _, file := range []string{"report.xlsx", "report.html", "proposal.docx", "report.md", "map.svg", "slides.pptx", "report.json", "proposal.pdf", "browser/proposal.pdf"} {
		found := false
		for _, text := range tells(t, filepath.Join(out, file)) {
			found = found || len(named(text, names)) > 0
		}
		if !found {
			t.Errorf("%s names nobody", file)
		}
	}
}
