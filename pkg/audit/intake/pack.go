package intake

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// properties are those of the workbook as a document.
type properties struct{ title, subject, language string }

// repack writes a workbook's parts in the order of their names, at one fixed
// time, and with the form's own properties: the library that made it writes
// them in any order, with an author and dates that are not ours.
func repack(w io.Writer, workbook []byte, p properties) error {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("read the form back: %w", err)
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range parts {
		text, err := read(f, mostUnpacked)
		if err != nil {
			return fmt.Errorf("read %s back: %w", f.Name, err)
		}
		if f.Name == "docProps/core.xml" {
			text = p.core()
		}
		header := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		part, err := out.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := part.Write(text); err != nil {
			return err
		}
	}
	return out.Close()
}

// core is the part with the properties. A buffer takes whatever is written to
// it.
func (p properties) core() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	for _, e := range []struct{ name, text string }{{"dc:title", p.title}, {"dc:subject", p.subject}, {"dc:creator", "flowmap"}, {"dc:language", p.language}} {
		if e.text != "" {
			b.WriteString("<" + e.name + ">")
			_ = xml.EscapeText(&b, []byte(cellText(e.text)))
			b.WriteString("</" + e.name + ">")
		}
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.Bytes()
}

// cellText makes a text of the workspace harmless in a cell: on one line, and
// with _x000D_ written as that text and not as the letter that Excel takes it
// for.
func cellText(s string) string {
	s = oneLine(strings.ToValidUTF8(s, string(utf8.RuneError)))
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	return cut(escape.ReplaceAllString(s, "_x005F$0"), mostLetters)
}

// escape is what a workbook takes for one letter.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)
