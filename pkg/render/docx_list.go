package render

import (
	"fmt"
	"strconv"

	"github.com/flowmap-dev/flowmap/pkg/render/opc"
)

const numberingType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"

// bullets is the number of a list with round marks, added to the document once
// for templates whose style for lists has none.
func (d *document) bullets() (int, error) {
	if d.styles.bullets > 0 {
		return d.styles.bullets, nil
	}
	part, ok := d.pkg.Related(d.t.main, "numbering")
	root := opc.Element("w:numbering", "xmlns:w", wordSpace)
	if ok {
		content, _ := d.pkg.Part(part)
		var err error
		if root, err = opc.Parse(content); err != nil {
			return 0, fmt.Errorf("%s: %w", part, err)
		}
	} else {
		part = "word/numbering.xml"
		if _, err := d.pkg.Relate(d.t.main, "numbering", part); err != nil {
			return 0, err
		}
	}
	abstract, number, at := 0, 1, 0
	for i, n := range root.Children {
		switch n.Name {
		case "w:abstractNum":
			abstract, at = max(abstract, wholeOf(n.Attr("w:abstractNumId"))+1), i+1
		case "w:numPicBullet":
			at = i + 1
		case "w:num":
			number = max(number, wholeOf(n.Attr("w:numId"))+1)
		}
	}
	id := strconv.Itoa(abstract)
	list := &opc.Node{Raw: `<w:abstractNum w:abstractNumId="` + id + `"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>`}
	use := &opc.Node{Raw: `<w:num w:numId="` + strconv.Itoa(number) + `"><w:abstractNumId w:val="` + id + `"/></w:num>`}
	// The uses stand behind all lists, and before what cleans up behind them.
	last := len(root.Children)
	for last > at && root.Children[last-1].Name == "w:numIdMacAtCleanup" {
		last--
	}
	children := append([]*opc.Node{}, root.Children[:at]...)
	children = append(append(children, list), root.Children[at:last]...)
	root.Children = append(append(children, use), root.Children[last:]...)
	d.pkg.Set(part, root.Bytes(), numberingType)
	d.styles.bullets = number
	return number, nil
}

func wholeOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
