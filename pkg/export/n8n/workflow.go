package n8n

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// workflow is the file that n8n imports. Keys are n8n's.
type workflow struct {
	ID          string                 `json:"id"`
	Name        string                 `json:"name"`
	Nodes       []node                 `json:"nodes"`
	Connections map[string]connections `json:"connections"`
	Settings    map[string]any         `json:"settings"`
	Active      bool                   `json:"active"`
}

// node is one box of a workflow.
type node struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Type        string         `json:"type"`
	TypeVersion float64        `json:"typeVersion"`
	Position    [2]int         `json:"position"`
	Parameters  map[string]any `json:"parameters"`
	RetryOnFail bool           `json:"retryOnFail,omitempty"`
	MaxTries    int            `json:"maxTries,omitempty"`
	Wait        int            `json:"waitBetweenTries,omitempty"` // milliseconds, at most 5,000
	OnError     string         `json:"onError,omitempty"`
	Always      bool           `json:"alwaysOutputData,omitempty"`
	Once        bool           `json:"executeOnce,omitempty"`
}

// connections are where a node's outputs lead: for each output, the nodes.
type connections struct {
	Main [][]target `json:"main"`
}

type target struct {
	Node  string `json:"node"`
	Type  string `json:"type"`
	Index int    `json:"index"`
}

const family = "n8n-nodes-base."

// add puts a node into the workflow. Its id follows from the names, so that the
// same flow gives the same file.
func (w *workflow) add(n node) string {
	n.ID, n.Type = uuid(w.ID+"/"+n.Name), family+n.Type
	if n.Parameters == nil {
		n.Parameters = map[string]any{}
	}
	w.Nodes = append(w.Nodes, n)
	return n.Name
}

// link leads an output of one node to another.
func (w *workflow) link(from string, output int, to string) {
	c := w.Connections[from]
	for len(c.Main) <= output {
		c.Main = append(c.Main, []target{})
	}
	c.Main[output] = append(c.Main[output], target{to, "main", 0})
	w.Connections[from] = c
}

// chain leads the first output of each node to the next.
func (w *workflow) chain(names ...string) {
	for i := 1; i < len(names); i++ {
		w.link(names[i-1], 0, names[i])
	}
}

func (w *workflow) write(to io.Writer) error {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(w)
}

// uuid makes an identifier of the form of RFC 9562, version 8, out of a name.
func uuid(name string) string {
	sum := sha256.Sum256([]byte("flowmap n8n " + name))
	b := sum[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// short makes an id of 16 letters and digits, as n8n's workflows have.
func short(name string) string {
	sum := sha256.Sum256([]byte("flowmap n8n workflow " + name))
	return hex.EncodeToString(sum[:8])
}
