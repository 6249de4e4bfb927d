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

	"github.com/flowmap-dev/flowmap/pkg/report"
)

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
		content, err := contentOf(p)
		if err != nil {
			return fmt.Errorf("read %s back: %w", p.Name, err)
		}
		switch p.Name {
		case "docProps/core.xml":
			content = properties(m)
		case "[Content_Types].xml":
			if content, err = sortedTypes(content); err != nil {
				return err
			}
		default:
			if strings.HasPrefix(p.Name, "xl/charts/chart") {
				content = mendedChart(content)
			}
		}
		header := &zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		if strings.HasSuffix(p.Name, ".png") {
			header.Method = zip.Store
		}
		part, err := out.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := part.Write(content); err != nil {
			return err
		}
	}
	return out.Close()
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
