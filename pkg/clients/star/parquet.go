package star

import (
	"bytes"
	"fmt"
	"time"

	"github.com/parquet-go/parquet-go"
)

// Parquet is a table's part of one client as a Parquet file, compressed with
// Snappy. The client stands in the folder's name alone: a column of that name
// within the file would be hidden by it, or be there twice.
func Parquet(t Table, rows []Row) ([]byte, error) {
	columns := t.Columns[1:]
	fields := parquet.Group{}
	for _, c := range columns {
		fields[c.Name] = parquet.Compressed(node(c), &parquet.Snappy)
	}
	schema := parquet.NewSchema(t.Name, fields)
	place := make([]int, len(columns)) // of each column in the file, which sorts them
	for i, c := range columns {
		leaf, ok := schema.Lookup(c.Name)
		if !ok {
			return nil, fmt.Errorf("column %s has no place in the file", c.Name)
		}
		place[i] = leaf.ColumnIndex
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[any](&b, schema, parquet.CreatedBy("flowmap", "", ""))
	for _, row := range rows {
		values := make(parquet.Row, len(columns))
		for i, c := range columns {
			level := 0
			if c.Null && !row[i+1].Null() {
				level = 1
			}
			v, err := row[i+1].parquet(c.Type)
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", c.Name, err)
			}
			values[place[i]] = v.Level(0, level, place[i])
		}
		if _, err := w.WriteRows([]parquet.Row{values}); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func node(c Column) parquet.Node {
	var n parquet.Node
	switch c.Type {
	case Text:
		n = parquet.String()
	case Integer:
		n = parquet.Int(64)
	case Decimal:
		n = parquet.Decimal(scale, 18, parquet.Int64Type)
	case Boolean:
		n = parquet.Leaf(parquet.BooleanType)
	case Date:
		n = parquet.Date()
	}
	if c.Null {
		return parquet.Optional(n)
	}
	return parquet.Required(n)
}

func (v Value) parquet(t Type) (parquet.Value, error) {
	if v.Null() {
		return parquet.NullValue(), nil
	}
	switch t {
	case Text:
		return parquet.ByteArrayValue([]byte(v.text)), nil
	case Integer, Decimal:
		return parquet.Int64Value(v.n), nil
	case Boolean:
		return parquet.BooleanValue(v.n != 0), nil
	case Date:
		day, err := time.Parse(time.DateOnly, v.text)
		return parquet.Int32Value(int32(day.Unix() / (24 * 60 * 60))), err
	}
	return parquet.NullValue(), nil
}
