package intake_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit/intake"
)

// member is a file to put into a workbook, in place of one of that name.
type member struct{ name, text string }

// rebuilt is a workbook with other parts.
func rebuilt(t testing.TB, src []byte, others ...member) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	replaced := map[string]bool{}
	for _, m := range others {
		replaced[m.name] = true
		put(t, out, m.name, m.text)
	}
	for _, f := range in.File {
		if !replaced[f.Name] {
			put(t, out, f.Name, string(partOf(t, src, f.Name)))
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t testing.TB, z *zip.Writer, name, text string) {
	t.Helper()
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
}

func partOf(t testing.TB, src []byte, name string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := in.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

const sheetPart = "xl/worksheets/sheet1.xml"

// rows is a sheet with so many rows of one cell.
func rows(n int) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>1</v></c></row>`, i+1, i+1)
	}
	return b.String() + `</sheetData></worksheet>`
}

func oneCell(row, cell string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="` + row + `"><c r="` + cell + `"><v>1</v></c></row></sheetData></worksheet>`
}

// lying is a part that unpacks to far more than it declares.
func lying(t testing.TB, src []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	var b bytes.Buffer
	bomb := bytes.Repeat([]byte{' '}, 32<<20)
	z := zip.NewWriter(&b)
	w, err := z.Create(sheetPart)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(bomb); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	in, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := in.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(&packed, raw); err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	out := zip.NewWriter(&all)
	lie, err := out.CreateRaw(&zip.FileHeader{Name: sheetPart, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(bomb),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lie.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	put(t, out, "xl/workbook.xml", string(partOf(t, src, "xl/workbook.xml")))
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// Each is refused as what it is, in under two seconds and 200 MiB.
func TestHostileFilesAreRefused(t *testing.T) {
	src := form(t, "es")
	locked := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500) + strings.Join(strings.Split("EncryptedPackage", ""), "\x00") + "\x00"
	const large, damaged, dense = "a sheet is larger than any form", "a sheet of the workbook is damaged", "the workbook unpacks to far more than any form holds"
	for name, c := range map[string]struct {
		src  []byte
		want string
	}{
		"macros":             {rebuilt(t, src, member{"xl/vbaProject.bin", "x"}), "the workbook holds macros"},
		"macros by type":     {rebuilt(t, src, member{"[Content_Types].xml", `<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`}), "the workbook holds macros"},
		"macro sheet":        {rebuilt(t, src, member{"xl/macrosheets/sheet1.xml", "<x/>"}), "the workbook holds macros"},
		"external links":     {rebuilt(t, src, member{"xl/externalLinks/externalLink1.xml", "<x/>"}), "the workbook takes data from other files"},
		"embedded objects":   {rebuilt(t, src, member{"xl/embeddings/oleObject1.bin", "x"}), "the workbook holds embedded objects"},
		"a million rows":     {rebuilt(t, src, member{sheetPart, rows(150_000)}), dense},
		"many rows":          {rebuilt(t, src, member{sheetPart, rows(9_000)}), large},
		"the last row":       {rebuilt(t, src, member{sheetPart, oneCell("1048576", "A1048576")}), large},
		"the last column":    {rebuilt(t, src, member{sheetPart, oneCell("1", "XFD1")}), large},
		"rows in disorder":   {rebuilt(t, src, member{sheetPart, oneCell("2", "A3")}), damaged},
		"another sheet":      {rebuilt(t, src, member{"xl/elsewhere.bin", oneCell("1048576", "A1048576")}), large},
		"a long text":        {rebuilt(t, src, member{"xl/sharedStrings.xml", "<sst><si><t>" + strings.Repeat("x", 200_000) + "</t></si></sst>"}), large},
		"a bomb":             {rebuilt(t, src, member{"xl/media/image1.png", strings.Repeat("\x00", 40<<20)}), dense},
		"a bomb of parts":    {rebuilt(t, src, parts(20, 5<<20)...), dense},
		"many parts":         {rebuilt(t, src, parts(400, 1)...), "the workbook has 4"},
		"a lying part":       {lying(t, src), "the workbook is cut off or damaged"},
		"a part twice":       {rebuilt(t, src, member{"xl/Workbook.xml", "<x/>"}), "the workbook holds \"xl/workbook.xml\" twice"},
		"entities":           {rebuilt(t, src, member{sheetPart, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` + rows(1)}), "the workbook defines XML entities, which no form does"},
		"entities in 16 bit": {rebuilt(t, src, member{sheetPart, "\xff\xfe<\x00!\x00"}), "the workbook is not written in UTF-8"},
		"another encoding":   {rebuilt(t, src, member{sheetPart, `<?xml version="1.0" encoding="UTF-16"?>` + rows(1)}), "the workbook is not written in UTF-8"},
		"no XML":             {rebuilt(t, src, member{sheetPart, "<sheetData"}), damaged},
		"no sheet":           {rebuilt(t, src, member{sheetPart, rows(0)}), "there is no row of headings here"},
		"an empty workbook":  {rebuilt(t, src, member{"xl/workbook.xml", "<workbook/>"}), "the workbook cannot be read as an Excel workbook"},
		"a Word document":    {rebuilt(t, emptyZip(t), member{"word/document.xml", "<w/>"}), "this is a Word document"},
		"an OpenDocument":    {rebuilt(t, emptyZip(t), member{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}), "this is an OpenDocument file"},
		"a zip":              {rebuilt(t, emptyZip(t), member{"a.txt", "a"}), "this is no Excel workbook"},
		"an xlsb":            {rebuilt(t, emptyZip(t), member{"xl/workbook.bin", "a"}), "this is a binary workbook (.xlsb)"},
		"cut off":            {src[:len(src)/2], "the workbook is cut off or damaged"},
		"damaged":            {bytes.Replace(src, []byte("PK\x01\x02"), []byte("PK\x01\x03"), 1), "the workbook is cut off or damaged"},
		"locked":             {[]byte(locked), "the workbook is locked with a password"},
		"an old workbook":    {[]byte(locked[:100]), "this is a workbook of an old Excel (.xls)"},
		"too large":          {tooLarge(), "the file is larger than any form"},
		"a newer form":       {newer(t, src), "the form was written by a newer flowmap"},
	} {
		t.Run(name, func(t *testing.T) {
			most, err := measured(c.src)
			var refused *intake.RefusedError
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Reason, c.want) || refused.Hint == "" {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if most > 200<<20 {
				t.Errorf("took %d MiB", most>>20)
			}
		})
	}
}

// measured reads a form and tells how many bytes that took in all: more than
// it ever held at once. How long it took depends on the machine and is not
// tested; what is refused is refused by its size, before it is read.
func measured(src []byte) (bytes uint64, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = intake.Read("form.xlsx", src)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, err
}

func parts(n, size int) []member {
	var all []member
	for i := range n {
		// Not all alike, so that each stays below the ratio of a bomb.
		all = append(all, member{fmt.Sprintf("xl/media/image%d.bin", i), strings.Repeat("0123456789abcdef\n", size/17) + strings.Repeat(fmt.Sprint(i), size/200+1)})
	}
	return all
}

// emptyZip is a zip without files.
func emptyZip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := zip.NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tooLarge() []byte {
	return append([]byte("PK"), bytes.Repeat([]byte("x"), 9<<20)...)
}

func newer(t testing.TB, src []byte) []byte {
	t.Helper()
	s := open(t, src)
	if err := s.file.SetCellValue("flowmap", "B2", "2"); err != nil {
		t.Fatal(err)
	}
	return s.bytes()
}

// The fullest sheet that is read at all stays within the bounds too.
func TestTheLargestSheetThatIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Desde</t></is></c><c r="B1" t="inlineStr"><is><t>Hasta</t></is></c></row>`)
	for i := 2; i <= 1000; i++ {
		fmt.Fprintf(&b, `<row r="%d">`, i)
		for c := range 26 {
			fmt.Fprintf(&b, `<c r="%c%d"><v>%d</v></c>`, 'A'+c, i, c)
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	most, err := measured(rebuilt(t, form(t, "es"), member{sheetPart, b.String()}))
	if err != nil || most > 200<<20 {
		t.Errorf("took %d MiB, %v", most>>20, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("Desde;Hasta;Horas\nerp;tienda;3,5\n"))
	f.Add([]byte("From,To,Problem 1,Hours\n\"erp\",tienda,none,6-8-12\n"))
	f.Add([]byte("sep=;\r\nid;Desde;Hasta\r\npedidos-web;?;\r\n"))
	f.Add([]byte("\xef\xbb\xbfname\tfrom\tto\n\xe9\t1\t2\n"))
	f.Add(form(f, "es"))
	f.Fuzz(func(t *testing.T, src []byte) { readAnything(t, src) })
}

// FuzzSheet gives the parts of a workbook to the fuzzer, which cannot pack
// them itself.
func FuzzSheet(f *testing.F) {
	blank := form(f, "es")
	filled := open(f, blank).put("C4", "Ana").set(known, "Horas: lo normal", 3).bytes()
	f.Add(partOf(f, filled, sheetPart), partOf(f, filled, "xl/sharedStrings.xml"), partOf(f, filled, "xl/styles.xml"))
	f.Add([]byte(oneCell("7", "C7")), []byte("<sst><si><t>Desde</t></si></sst>"), []byte(`<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s" s="-1"><v>9</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`), []byte("<sst/>"), []byte("<styleSheet/>"))
	f.Fuzz(func(t *testing.T, sheet, shared, styles []byte) {
		readAnything(t, rebuilt(t, blank, member{sheetPart, string(sheet)}, member{"xl/sharedStrings.xml", string(shared)}, member{"xl/styles.xml", string(styles)}))
	})
}

// readAnything holds for any bytes: they are refused with what to do, or have
// problems that each have a place, or become an interview that loads beside
// the workspace and does not change when it is imported again.
func readAnything(t *testing.T, src []byte) {
	w := workspace(t)
	form, err := intake.Read("form.xlsx", src)
	if err != nil {
		var refused *intake.RefusedError
		if !errors.As(err, &refused) || refused.Reason == "" || refused.Hint == "" {
			t.Fatalf("refused with %v", err)
		}
		return
	}
	if _, err := form.Import(w); err != nil {
		for _, line := range strings.Split(err.Error(), "\n") {
			if !strings.HasPrefix(line, "form.xlsx") {
				t.Fatalf("a problem without a place: %s", err)
			}
		}
		return
	}
	imported, text := says(t, w, "form.xlsx", src)
	if text == "" {
		return
	}
	after := workspace(t, "flowmap.yaml", shop, imported.File, text)
	if _, again := says(t, after, "form.xlsx", src); again != "" {
		t.Fatalf("imported again, it becomes\n%s\nafter\n%s", again, text)
	}
}
