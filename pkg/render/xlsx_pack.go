package render

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

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// dated packs a workbook for the library that makes it: every part at one fixed
// time, by a quicker implementation of deflate than Go's own.
type dated struct{ *zip.Writer }

func zipped(w io.Writer) excelize.ZipWriter {
	out := zip.NewWriter(w)
	out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	return dated{out}
}

// Create begins a part.
func (d dated) Create(name string) (io.Writer, error) {
	return d.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: firstDay})
}

// firstDay is the first that a zip file knows.
var firstDay = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// repack writes a workbook's parts in the order of their names, at one fixed
// time, and with the report's own properties: the library that made it writes
// them in any order, with an author and dates that are not ours.
func repack(w io.Writer, workbook []byte, m report.Meta) error {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return fmt.Errorf("read the workbook back: %w", err)
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, p := range parts {
		content, err := mended(p, m)
		switch {
		case err != nil:
			return fmt.Errorf("read %s back: %w", p.Name, err)
		case content == nil:
			err = out.Copy(p) // as it is packed
		default:
			err = addPart(out, p.Name, content)
		}
		if err != nil {
			return err
		}
	}
	return out.Close()
}

// mended is the content of a part that is not to be as the library wrote it; nil
// for the others.
func mended(p *zip.File, m report.Meta) ([]byte, error) {
	if p.Name == "docProps/core.xml" {
		return properties(m), nil
	}
	chart := strings.HasPrefix(p.Name, "xl/charts/chart")
	if !chart && p.Name != "[Content_Types].xml" && !strings.HasSuffix(p.Name, ".png") {
		return nil, nil
	}
	content, err := contentOf(p)
	switch {
	case err != nil:
		return nil, err
	case chart:
		return mendedChart(content), nil
	case p.Name == "[Content_Types].xml":
		return sortedTypes(content)
	}
	return content, nil
}

func addPart(out *zip.Writer, name string, content []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: firstDay}
	if strings.HasSuffix(name, ".png") {
		header.Method = zip.Store
	}
	part, err := out.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

// Inside an axis of values the library writes elements that only an axis of
// categories has.
var (
	valueAxis    = regexp.MustCompile(`(?s)<(?:c:)?valAx>.*?</(?:c:)?valAx>`)
	ofCategories = regexp.MustCompile(`<(?:c:)?(?:auto|lblAlgn|lblOffset|noMultiLvlLbl|tickLblSkip) [^>]*(?:/>|></(?:c:)?(?:auto|lblAlgn|lblOffset|noMultiLvlLbl|tickLblSkip)>)`)
)

func mendedChart(part []byte) []byte {
	return valueAxis.ReplaceAllFunc(part, func(axis []byte) []byte { return ofCategories.ReplaceAll(axis, nil) })
}

func contentOf(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return content, err
}

// contentTypes is the part that says of what type the others are.
type contentTypes struct {
	XMLName  xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults []contentType `xml:"Default"`
	Parts    []contentType `xml:"Override"`
}

type contentType struct {
	Extension string `xml:",attr,omitempty"` // of a default
	PartName  string `xml:",attr,omitempty"` // of one part
	Type      string `xml:"ContentType,attr"`
}

// sortedTypes sorts the types of extensions, which the library writes in the
// order of a Go map.
func sortedTypes(part []byte) ([]byte, error) {
	var types contentTypes
	if err := xml.Unmarshal(part, &types); err != nil {
		return nil, fmt.Errorf("content types: %w", err)
	}
	slices.SortFunc(types.Defaults, func(a, b contentType) int { return cmp.Compare(a.Extension, b.Extension) })
	sorted, err := xml.Marshal(types)
	return append([]byte(xml.Header), sorted...), err
}

// properties are the workbook's: what it is called, whose it is, and the
// report's date, if it has one.
func properties(m report.Meta) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	element := func(name, text string) {
		if text != "" {
			b.WriteString("<" + name + ">")
			// A buffer takes whatever is written to it.
			_ = xml.EscapeText(&b, []byte(clean(text)))
			b.WriteString("</" + name + ">")
		}
	}
	element("dc:title", m.Title)
	element("dc:subject", m.Client)
	element("dc:creator", cmp.Or(m.Firm, "flowmap"))
	element("dc:language", m.Language)
	if day, err := time.Parse(time.DateOnly, m.Date); err == nil {
		for _, name := range []string{"created", "modified"} {
			b.WriteString(`<dcterms:` + name + ` xsi:type="dcterms:W3CDTF">` + day.Format(time.RFC3339) + `</dcterms:` + name + `>`)
		}
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.Bytes()
}
