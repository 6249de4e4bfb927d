package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What a form may be at most. One with 1,000 rows, saved by any program, stays
// far below.
const (
	MostBytes    = 8 << 20 // of the file, in bytes
	mostUnpacked = 24 << 20
	mostPart     = 6 << 20
	mostParts    = 300
	mostRatio    = 400 // unpacked to packed, of a part of over a MiB
)

// part is a file inside a workbook.
type part struct {
	name    string
	text    []byte
	outline outline // of a sheet, once it was looked at
}

// unpack gives the parts of a workbook, or refuses it. It trusts no size that
// the file declares: what is read is counted.
func unpack(name string, src []byte) ([]part, error) {
	refuse := func(reason, hint string) error { return &RefusedError{name, reason, hint} }
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, refuse("the workbook is cut off or damaged", "ask for the file again, best packed in a .zip, or open and save it in Excel")
	}
	if len(z.File) > mostParts {
		return nil, refuse(fmt.Sprintf("the workbook has %d parts, which no form has", len(z.File)), newForm)
	}
	seen := map[string]bool{}
	var parts []part
	left := mostUnpacked
	for _, f := range z.File {
		key := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if seen[key] {
			return nil, refuse(fmt.Sprintf("the workbook holds %q twice", f.Name), newForm)
		}
		seen[key] = true
		if tooDense(f) {
			return nil, refuse("the workbook unpacks to far more than any form holds", newForm)
		}
		text, err := read(f, min(mostPart, left))
		if errors.Is(err, errTooMuch) {
			return nil, refuse("the workbook unpacks to far more than any form holds", newForm)
		}
		if err != nil {
			return nil, refuse("the workbook is cut off or damaged", "ask for the file again, best packed in a .zip, or open and save it in Excel")
		}
		left -= len(text)
		parts = append(parts, part{name: key, text: text})
	}
	if reason, hint := unwanted(parts); reason != "" {
		return nil, refuse(reason, hint)
	}
	return parts, nil
}

const newForm = "copy what is told into a new form: flowmap form"

// tooDense tells whether a part declares to be a bomb.
func tooDense(f *zip.File) bool {
	return f.UncompressedSize64 > mostPart || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/mostRatio > f.CompressedSize64
}

var errTooMuch = errors.New("too much")

// read unpacks a part, at most so many bytes.
func read(f *zip.File, most int) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if closed := r.Close(); err == nil {
		err = closed
	}
	if err == nil && len(text) > most {
		return nil, errTooMuch
	}
	return text, err
}

// unwanted names what a workbook holds that a form does not.
func unwanted(parts []part) (reason, hint string) {
	workbook := false
	for _, p := range parts {
		switch base := p.name[strings.LastIndex(p.name, "/")+1:]; {
		case p.name == "xl/workbook.xml":
			workbook = true
		case p.name == "xl/workbook.bin":
			return "this is a binary workbook (.xlsb)", "save it as an Excel workbook (.xlsx)"
		case p.name == "word/document.xml":
			return "this is a Word document", "a form is an Excel workbook (.xlsx) or a CSV"
		case p.name == "ppt/presentation.xml":
			return "this is a PowerPoint presentation", "a form is an Excel workbook (.xlsx) or a CSV"
		case p.name == "mimetype" && bytes.Contains(p.text, []byte("opendocument")):
			return "this is an OpenDocument file", "save it as an Excel workbook (.xlsx)"
		case base == "vbaproject.bin", strings.HasPrefix(p.name, "xl/macrosheets/"), strings.HasPrefix(p.name, "xl/dialogsheets/"),
			p.name == "[content_types].xml" && bytes.Contains(bytes.ToLower(p.text), []byte("macroenabled")):
			return "the workbook holds macros", "save it as a workbook without macros (.xlsx)"
		case strings.HasPrefix(p.name, "xl/externallinks/"), p.name == "xl/connections.xml", strings.HasPrefix(p.name, "xl/querytables/"):
			return "the workbook takes data from other files", "break its links (Data, Edit links), then save it"
		case strings.HasPrefix(p.name, "xl/embeddings/"), strings.HasPrefix(p.name, "xl/activex/"):
			return "the workbook holds embedded objects", "delete them, then save it"
		}
		if reason, hint := unsafeXML(p); reason != "" {
			return reason, hint
		}
	}
	if !workbook {
		return "this is no Excel workbook", "a form is an Excel workbook (.xlsx) or a CSV"
	}
	return "", ""
}

// unsafeXML refuses what Excel never writes: document types with entities, and
// encodings in which they could hide.
func unsafeXML(p part) (reason, hint string) {
	head := bytes.ToLower(p.text[:min(len(p.text), 200)])
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\x00<", "<\x00"} {
		if bytes.HasPrefix(p.text, []byte(mark)) && !strings.HasSuffix(p.name, ".bin") {
			return "the workbook is not written in UTF-8", "open it in Excel and save it as .xlsx"
		}
	}
	switch {
	case !isXML(p.text):
		return "", ""
	case bytes.Contains(p.text, []byte("<!DOCTYPE")), bytes.Contains(p.text, []byte("<!ENTITY")):
		return "the workbook defines XML entities, which no form does", newForm
	case bytes.Contains(head, []byte("encoding=")) && !bytes.Contains(head, []byte("utf-8")):
		return "the workbook is not written in UTF-8", "open it in Excel and save it as .xlsx"
	}
	return "", ""
}
