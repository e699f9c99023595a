//! Texts that try to be more than text. Code in them sets `window.attacked`.

/// What tries to end a text, an attribute, a script, a style, a comment, a line of a setting.
pub const ATTACKS: [&str; 26] = [
    "<script>window.attacked=1</script>",
    "</script><script>window.attacked=1</script>",
    "</title></textarea></style><img src=x onerror=window.attacked=1>",
    "\"><svg onload=window.attacked=1>",
    "' onmouseover='window.attacked=1' autofocus onfocus='window.attacked=1",
    "\" style=\"background:url(javascript:window.attacked=1)\" x=\"",
    "javascript:window.attacked=1",
    "&lt;script&gt;window.attacked=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.attacked=1&#62;",
    "<!-- --><script>window.attacked=1</script><!--",
    "]]><script>window.attacked=1</script><![CDATA[",
    "<template><script>window.attacked=1</script></template>",
    "<iframe srcdoc=\"<script>parent.attacked=1</script>\"></iframe>",
    "<base href=//evil.example/><meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<math><mi xlink:href=\"javascript:window.attacked=1\">x</mi></math>",
    "<form action=//evil.example><input name=a autofocus></form>",
    "{{constructor.constructor('window.attacked=1')()}} ${window.attacked=1}",
    "\u{2028}window.attacked=1\u{2029}//",
    "\"}];window.attacked=1;//",
    "\\\"};window.attacked=1;//\\u003cscript\\u003e",
    "*/}body{background:red}</style><script>window.attacked=1</script>",
    "a\r\nSet-Cookie: x=1\r\n\r\n<script>window.attacked=1</script>",
    "x;} location / { return 301 //evil.example; } #",
    "x\" { respond \"evil\" } redir // https://evil.example",
    "/a /b 301\n/* https://evil.example 301",
    "\u{202e}gpj.exe\u{0}\u{200b}\u{feff}<b>",
];

/// Addresses that look like those of this site, or like those of documents.
// Not every test program needs it.
#[allow(dead_code)]
pub const ADDRESSES: [&str; 16] = [
    "javascript:window.attacked=1",
    "JaVaScRiPt:window.attacked=1",
    " javascript:window.attacked=1",
    "java\tscript:window.attacked=1",
    "data:text/html,<script>parent.attacked=1</script>",
    "vbscript:x",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/a\"onload=\"window.attacked=1\"><script>window.attacked=1</script>",
    "/a';window.attacked=1;//",
    "/a;return/301/https://evil.example;#",
    "/{env.HOME}/$uri/${x}",
    "/a?b=\"><img/src/onerror=window.attacked=1>",
    "https://evil.example\"onmouseover=\"window.attacked=1",
    "mailto:a@b.vn?subject=\"><script>window.attacked=1</script>",
];
