package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"marginalia/app/message/catalogues"
)

const (
	wasmFile = "dist/app.wasm"
	execFile = "dist/wasm_exec.js"
	// maxKept is the largest form of an asset that is kept in memory: the browser
	// program is in the executable's own pages already.
	maxKept = 1 << 20
)

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
		".bin": "application/octet-stream", ".json": "application/json",
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
	for _, f := range packedWords() {
		a.byName[f.name], a.byPath[f.path] = f, f
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
	if icons := a.byName["icons.svg"]; icons != nil && icons.plain != nil {
		a.sprite = strings.Replace(string(icons.plain.data), "<svg", "<svg hidden", 1)
	}
	if err := a.makeWorker(); err != nil {
		return nil, err
	}
	return a, nil
}

// packedWords are the catalogues of messages, which never change. To pack them takes a
// fifth of a second: once is enough for all servers of a process.
var packedWords = sync.OnceValue(func() []*asset {
	var list []*asset
	for _, lang := range catalogues.Languages() {
		if data := catalogues.Data(lang); data != nil {
			f := newAsset(wordsFile(lang), data)
			f.plain = inMemory(data)
			f.pack()
			list = append(list, f)
		}
	}
	return list
})

// wordsFile is the name of the catalogue of a language.
func wordsFile(lang string) string { return "words." + lang + ".json" }

func rankStyle(p string) int {
	if strings.HasPrefix(p, "/assets/tokens.") {
		return 0
	}
	return 1
}

// visit takes one file of the folder. NAME.br and NAME.gz are forms of NAME,
// which need not be there itself, nor need both.
func (a *assets) visit(name string, d fs.DirEntry, err error) error {
	if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
		return err
	}
	ending := packing(name)
	whole := strings.TrimSuffix(name, ending)
	if contentTypes()[path.Ext(whole)] == "" || ending != "" && a.byName[whole] != nil {
		return nil
	}
	if ending != "" {
		if _, err := fs.Stat(a.files, whole); !errors.Is(err, fs.ErrNotExist) {
			return err // a form of a file that is visited itself
		}
	}
	data, err := fs.ReadFile(a.files, name)
	if err != nil {
		return err
	}
	content := data
	if ending != "" && path.Ext(whole) == ".bin" {
		// A policy names a model by what is in it.
		if content, err = unpack(ending, data); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	f := newAsset(whole, content)
	if ending == "" {
		f.plain = a.keep(name, data)
	}
	for ending, into := range map[string]**form{".br": &f.br, ".gz": &f.gz} {
		packed, err := fs.ReadFile(a.files, whole+ending)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		*into = a.keep(whole+ending, packed)
	}
	f.pack()
	a.byName[whole], a.byPath[f.path] = f, f
	return nil
}

// packing is the ending of a packed form's name, "" if it is none.
func packing(name string) string {
	switch ending := path.Ext(name); ending {
	case ".br", ".gz":
		return ending
	}
	return ""
}

func unpack(ending string, packed []byte) ([]byte, error) {
	open := openGzip
	if ending == ".br" {
		open = openBrotli
	}
	r, err := open(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// keep makes a form of a file that holds data.
func (a *assets) keep(name string, data []byte) *form {
	if len(data) > maxKept {
		return &form{file: name, size: int64(len(data))}
	}
	return inMemory(data)
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

func (a *assets) loaderData(lang string) loaderData {
	return loaderData{
		Words: a.path(wordsFile(lang)),
		WASM:  a.wasm, Exec: a.path(execFile), DOM: a.path("dom.js"), SW: "/sw.js", Build: a.build, Claims: a.path("dist/claims.bin"),
	}
}

// makeWorker puts what the service worker must know before its text: the build,
// and what to fetch for it.
func (a *assets) makeWorker() error {
	source := a.byName["sw.js"]
	if source == nil || source.plain == nil || a.wasm == "" {
		return nil
	}
	list := append([]string{"/", "/faq", "/me", "/share", "/shell"}, a.styles...)
	for _, name := range []string{"display.js", "loader.js", "dom.js", execFile, wasmFile} {
		list = append(list, a.path(name))
	}
	for _, name := range []string{"icon.svg", "manifest.webmanifest"} {
		if a.byName[name] != nil {
			list = append(list, "/"+name)
		}
	}
	later, words := []string{}, []string{}
	for _, name := range a.names() {
		switch path.Ext(name) {
		case ".bin":
			later = append(later, a.path(name))
		case ".json":
			words = append(words, a.path(name))
		}
	}
	head, err := json.Marshal(struct {
		Build    string   `json:"build"`
		Precache []string `json:"precache"`
		Later    []string `json:"later"`
		Words    []string `json:"words"`
	}{a.build, list, later, words})
	if err != nil {
		return err
	}
	body := fmt.Appendf(nil, "const BUILD = %s;\n%s", head, source.plain.data)
	a.worker = newAsset("sw.js", body)
	a.worker.plain = inMemory(body)
	a.worker.pack()
	return nil
}
