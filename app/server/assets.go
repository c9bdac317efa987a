package server

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const (
	wasmFile = "dist/app.wasm"
	execFile = "dist/wasm_exec.js"
	// maxKept is the largest asset that is kept uncompressed in memory: nearly
	// every client takes the browser program compressed.
	maxKept = 1 << 20
)

// asset is one file that browsers download.
type asset struct {
	name        string // in the folder: "marginalia.css"
	path        string // with its hash: "/assets/marginalia.0f3c….css"
	contentType string
	hash        string
	body        []byte // nil when it is larger than maxKept
	br, gz      []byte // nil when not worth it
}

// assets are the files of the web folder, ready to send.
type assets struct {
	files  fs.FS
	byName map[string]*asset
	byPath map[string]*asset
	styles []string // paths of the style sheets, in order
	wasm   string   // path of the browser program, "" when it is not built
	sprite string   // the icons, as markup
	build  string   // names all of them
	worker *asset   // sw.js with its first line
}

// contentTypes are the kinds of files that are assets. Those that are text are
// compressed.
func contentTypes() map[string]string {
	return map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
		".png": "image/png", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
	}
}

// loadAssets reads and compresses the files of a web folder. Nil has none.
func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{files: files, byName: map[string]*asset{}, byPath: map[string]*asset{}}
	if files != nil {
		if err := fs.WalkDir(files, ".", a.visit); err != nil {
			return nil, err
		}
	}
	a.build = a.hashAll()
	if a.byName[wasmFile] != nil && a.byName[execFile] != nil && a.byName["loader.js"] != nil && a.byName["dom.js"] != nil {
		a.wasm = a.path(wasmFile)
	}
	for _, name := range a.names() {
		if strings.HasSuffix(name, ".css") {
			a.styles = append(a.styles, a.path(name))
		}
	}
	// The variables stand before what uses them.
	slices.SortStableFunc(a.styles, func(x, y string) int { return rankStyle(x) - rankStyle(y) })
	if icons := a.byName["icons.svg"]; icons != nil {
		a.sprite = strings.Replace(string(icons.body), "<svg", "<svg hidden", 1)
	}
	if err := a.makeWorker(); err != nil {
		return nil, err
	}
	return a, nil
}

func rankStyle(p string) int {
	if strings.HasPrefix(p, "/assets/tokens.") {
		return 0
	}
	return 1
}

// visit takes one file of the folder.
func (a *assets) visit(name string, d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if d.IsDir() || strings.HasPrefix(path.Base(name), ".") || contentTypes()[path.Ext(name)] == "" {
		return nil
	}
	data, err := fs.ReadFile(a.files, name)
	if err != nil {
		return err
	}
	f := newAsset(name, data)
	if f.br, err = a.packed(name+".br", data, "br"); err != nil {
		return err
	}
	if f.gz, err = a.packed(name+".gz", data, "gzip"); err != nil {
		return err
	}
	if len(data) > maxKept {
		f.body = nil
	}
	a.byName[name], a.byPath[f.path] = f, f
	return nil
}

func newAsset(name string, data []byte) *asset {
	sum := sha256.Sum256(data)
	f := &asset{name: name, body: data, hash: hex.EncodeToString(sum[:8]), contentType: contentTypes()[path.Ext(name)]}
	base := path.Base(name)
	ext := path.Ext(base)
	f.path = "/assets/" + strings.TrimSuffix(base, ext) + "." + f.hash + ext
	return f
}

// packed is the compressed form of a file: the one beside it, else made here.
func (a *assets) packed(name string, data []byte, coding string) ([]byte, error) {
	packed, err := fs.ReadFile(a.files, name)
	if err == nil {
		return packed, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(data) < leastBytes || strings.Contains(name, ".png.") {
		return nil, nil
	}
	if len(data) > maxKept { // the best level takes half a minute for the browser program
		return encode(coding, data, quickBrotli, quickGzip), nil
	}
	return encode(coding, data, bestBrotli, gzip.BestCompression), nil
}

func (a *assets) names() []string {
	names := make([]string, 0, len(a.byName))
	for name := range a.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// hashAll names the build: a change of any asset or of the page's frame is
// another build.
func (a *assets) hashAll() string {
	h := sha256.New()
	h.Write([]byte(shellSource))
	for _, name := range a.names() {
		fmt.Fprintf(h, "%s %s\n", name, a.byName[name].hash)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// path is the address of a file, "" when there is none.
func (a *assets) path(name string) string {
	if f := a.byName[name]; f != nil {
		return f.path
	}
	return ""
}

func (a *assets) loaderData() loaderData {
	return loaderData{WASM: a.wasm, Exec: a.path(execFile), DOM: a.path("dom.js"), SW: "/sw.js", Build: a.build}
}

// makeWorker puts what the service worker must know before its text: the build,
// and what to fetch for it.
func (a *assets) makeWorker() error {
	source := a.byName["sw.js"]
	if source == nil || a.wasm == "" {
		return nil
	}
	list := append([]string{"/", "/faq", "/me", "/shell"}, a.styles...)
	for _, name := range []string{"loader.js", "dom.js", execFile, wasmFile} {
		list = append(list, a.path(name))
	}
	for _, name := range []string{"icon.svg", "manifest.webmanifest"} {
		if a.byName[name] != nil {
			list = append(list, "/"+name)
		}
	}
	head, err := json.Marshal(struct {
		Build    string   `json:"build"`
		Precache []string `json:"precache"`
	}{a.build, list})
	if err != nil {
		return err
	}
	body := fmt.Appendf(nil, "const BUILD = %s;\n%s", head, source.body)
	a.worker = newAsset("sw.js", body)
	a.worker.br, a.worker.gz = encode("br", body, bestBrotli, gzip.BestCompression), encode("gzip", body, bestBrotli, gzip.BestCompression)
	return nil
}
