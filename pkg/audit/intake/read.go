package intake

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

// Form is a form that somebody has filled in, as Read finds it: nothing in it
// has been held against a workspace yet.
type Form struct {
	name   string
	grid   grid
	hidden hidden
}

// Read reads a form: an Excel workbook or a CSV, by what it holds, not by its
// name, which problems carry. The error is a RefusedError where the file as a
// whole is no form; what is wrong in its cells, Import tells.
func Read(name string, src []byte) (Form, error) {
	f := Form{name: name}
	if err := refuse(name, src); err != nil {
		return Form{}, err
	}
	all, err := languages()
	if err != nil {
		return Form{}, err
	}
	names := headings(all)
	if bytes.HasPrefix(src, []byte("PK")) {
		f.grid, f.hidden, err = readWorkbook(name, src, names)
	} else {
		f.grid, err = readCSV(name, src, names)
	}
	if err != nil {
		return Form{}, err
	}
	if f.hidden.version > audit.FormatVersion {
		return Form{}, &RefusedError{name, fmt.Sprintf("the form was written by a newer flowmap, for workspaces of version %d", f.hidden.version),
			"import it with that flowmap"}
	}
	return f, nil
}

// refuse tells what a file is that is no form at the first look.
func refuse(name string, src []byte) error {
	switch {
	case len(bytes.TrimSpace(src)) == 0:
		return &RefusedError{name, "the file is empty", "ask for it again"}
	case len(src) > MostBytes:
		return TooLarge(name)
	case bytes.HasPrefix(src, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) && bytes.Contains(src, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")):
		return &RefusedError{name, "the workbook is locked with a password", "save it without one (File, Info, Protect Workbook)"}
	case bytes.HasPrefix(src, []byte("\xd0\xcf\x11\xe0")):
		return &RefusedError{name, "this is a workbook of an old Excel (.xls)", "save it as an Excel workbook (.xlsx)"}
	case bytes.HasPrefix(src, []byte("%PDF")):
		return &RefusedError{name, "this is a PDF", "a form is an Excel workbook (.xlsx) or a CSV"}
	}
	return nil
}

// TooLarge refuses a file of more than MostBytes.
func TooLarge(name string) error {
	return &RefusedError{name, fmt.Sprintf("the file is larger than any form, which has at most %d MiB", MostBytes>>20), newForm}
}

// file is the interview that the form becomes: that of the form's id and of
// who filled it in, since one form may be sent to several people; without an
// id, that of the file's own name.
func (f Form) file(with []string) string {
	id := f.hidden.id
	if id == "" {
		base := path.Base(strings.ReplaceAll(f.name, `\`, "/"))
		id = slug(strings.TrimSuffix(base, path.Ext(base)))
	}
	for _, name := range with {
		if s := slug(name); s != "" && f.hidden.id != "" {
			id += "-" + s
		}
	}
	if id = trimID(id, mostID); id == "" {
		id = "unnamed"
	}
	return "interviews/form-" + id + ".yaml"
}
