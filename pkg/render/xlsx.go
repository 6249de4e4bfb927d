package render

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

// XLSX writes the report as a workbook: a sheet a section, numbers as numbers,
// and live formulas with the values that they have now, so that viewers which
// compute nothing show them too. Equal reports give equal bytes.
func XLSX(w io.Writer, r report.Report) (err error) {
	if r, err = r.Workbook(); err != nil {
		return err
	}
	f, err := figuresOf(r)
	if err != nil {
		return err
	}
	b := &book{figures: f, meta: r.Meta, file: excelize.NewFile(), places: map[string]place{}}
	defer func() {
		if closed := b.file.Close(); err == nil {
			err = closed
		}
	}()
	if err := b.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	b.file.SetZipWriter(zipped)
	b.styles = newStyles(b.file, f, brandOf(r.Meta.Accent))
	b.plan(r.Sections)
	if err := b.write(); err != nil {
		return err
	}
	var raw bytes.Buffer
	if err := b.file.Write(&raw); err != nil {
		return err
	}
	return repack(w, raw.Bytes(), r.Meta)
}

// book is a workbook in the making: first it is known where everything stands,
// since formulas need that, then it is written.
type book struct {
	figures
	meta   report.Meta
	file   *excelize.File
	styles *styles
	sheets []*sheet
	places map[string]place // of tables and key figures, by id
}

func (b *book) write() error {
	for i, s := range b.sheets {
		if err := b.addSheet(i, s); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	inputs := b.inputs()
	if len(inputs) > 0 {
		if err := b.addInputs(); err != nil {
			return err
		}
	}
	for _, s := range b.sheets {
		if err := b.writeSheet(s); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	if len(inputs) > 0 {
		if err := b.writeInputs(inputs); err != nil {
			return err
		}
	}
	if err := b.names(); err != nil {
		return err
	}
	return b.file.SetAppProps(&excelize.AppProperties{Application: "flowmap"})
}

func (b *book) addSheet(i int, s *sheet) error {
	if i == 0 {
		return b.file.SetSheetName("Sheet1", s.name)
	}
	_, err := b.file.NewSheet(s.name)
	return err
}

// names declares a name for each row of the tables that have them, which finds
// the row by its key, wherever a reader has moved it.
func (b *book) names() error {
	for _, s := range b.sheets {
		for _, it := range s.items {
			t, ok := it.block.(report.Table)
			if !ok || !t.Named {
				continue
			}
			for _, row := range t.Rows {
				name := &excelize.DefinedName{Name: row.Key, RefersTo: b.lookup(t.ID, row.Key, b.namedColumn(t.ID))}
				if err := b.file.SetDefinedName(name); err != nil {
					return fmt.Errorf("name %s: %w", row.Key, err)
				}
			}
		}
	}
	return nil
}
