/* node.y: the grammar of the model language.
 *
 * A file is a list of definitions, a definition a block of declarations, and
 * every declaration one keyword and its declarators, so that a new kind of
 * declaration is one token.  A declaration begins with a keyword, a derivative
 * or (in an experiment) a key; none of them can continue an expression, and so
 * the language needs neither semicolons nor line ends.  `if`, `fold` and spans
 * stand only where a whole expression does, which leaves nothing dangling.
 *
 * The parser is canonical enough to name what it expected (LAC, consistent
 * reductions); layout.c decides where to go on after an error. */
%require "3.8"
%define api.pure full
%define api.prefix {node_}
%define api.token.prefix {TOK_}
%define api.value.type {union ParseValue}
%define api.location.type {Span}
%define parse.error custom
%define parse.lac full
%define lr.default-reduction consistent
%locations
%param { Parser *p }
%initial-action { @$ = (Span){ p->source, 1, 1, 1, 1 }; }

%code requires { #include "lang/parser.h" }
%code {
#include <string.h>

/* The stacks have their greatest depth from the start: a quarter of a mebibyte, and no memory
 * that somebody would have to free when an action leaves by a jump. */
#define YYMAXDEPTH 3000
#define YYINITDEPTH YYMAXDEPTH
#define YYMALLOC(bytes) ((void)(bytes), NULL)
#define YYFREE(memory) ((void)(memory))
#define YYLLOC_DEFAULT(whole, part, n)                                             \
    ((whole) = (n) ? span_join(YYRHSLOC(part, 1), YYRHSLOC(part, n))               \
                   : (Span){ p->source, YYRHSLOC(part, 0).end_line, YYRHSLOC(part, 0).end_column, \
                             YYRHSLOC(part, 0).end_line, YYRHSLOC(part, 0).end_column })

/* After an error: go on at the next declaration, unless all is said. */
#define RECOVER  do { layout_recover(p); yyclearin; yyerrok; if (p->mute) YYABORT; } while (0)
/* An expression made here may not be too high for those who recurse. */
#define LOW(e)   do { if (make_too_high(p, e)) YYABORT; } while (0)

static int yylex(ParseValue *value, Span *at, Parser *p) { return layout_next(p, value, at); }
static void yyerror(const Span *, Parser *, const char *);

#define BINARY(op, at, a, b)  ast_binary(p->arena, op, at, a, b)
#define PUSH(list, item)      (VEC_PUSH(p->arena, list) = (item))
}

%token END 0                "the end of the file"
%token FOR_FILE FOR_EXPR FOR_CLAUSE
%token NODEC "nodec" LIKE "like"
%token IMPORT "import" DEF "def" ODEF "odef" MODEL "model" EXPERIMENT "experiment"
%token LAYER "layer" STATE "state" PARAM "param" INPUT "input" SIGNAL "signal"
%token BUFFER "buffer" UPDATE "update" DRAW "draw" AXIS "axis" LET "let"
%token OUTPUT "output" LOSS "loss" METRIC "metric" EVENT "event"
%token AS "as" WHEN "when" IF "if" THEN "then" ELSE "else"
%token FOR "for" IN "in" FOLD "fold" SCAN "scan" DO "do"
%token AND "and" OR "or" NOT "not" TRUE "true" FALSE "false"
%token PIPE "|>" SPAN ".." IDIV "//" EQ "==" NE "!=" LE "<=" GE ">="
%token <ident> NAME         "a name"
%token <ident> DERIVATIVE   "a derivative"
%token <expr>  NUMBER       "a number"
%token <expr>  STRING       "a string"

%type <def>     item head
%type <defkind> kind
%type <params>  parameters parameter_list
%type <param>   parameter
%type <decls>   block declarations declaration declarators
%type <decl>    declarator
%type <word>    word
%type <exprs>   extent exprs expr_list
%type <sort>    sort
%type <expr>    alias guard default expr pipe binary postfix bound
%type <init>    value
%type <clauses> clauses
%type <clause>  clause
%type <idents>  path
%type <ident>   key
%type <kind>    loop
%type <args>    arguments argument_list
%type <arg>     argument
%type <ranges>  subscripts
%type <range>   subscript range
%type <over>    generators
%type <binders> binders
%type <binder>  binder

/* Loosest first. */
%left       OR
%left       AND
%precedence NOT
%nonassoc   EQ NE LE GE '<' '>'
%left       '+' '-'
%left       '*' '/' IDIV
%left       '@'
%precedence NEG
%right      '^'

%%

start:          FOR_FILE version items
        |       FOR_EXPR expr                   { p->expr = $2; }
        |       FOR_CLAUSE clause               { p->clause = $2; }
        ;
version:        %empty
        |       NODEC NUMBER                    { make_version(p, $2); if (p->mute) YYABORT; }
        ;
items:          %empty
        |       items item                      { PUSH(p->ast->defs, $2); }
        |       items error                     { RECOVER; }
        ;
item:           IMPORT STRING                   { $$ = make_import(p, @$, $2, (AstIdent){ 0 }); }
        |       IMPORT STRING AS NAME           { $$ = make_import(p, @$, $2, $4); }
        |       DEF NAME '(' parameters ')' '=' expr
                { $$ = make_def(p, AST_FUNCTION, span_join(@1, @5), $2);
                  $$->has_params = true; $$->params = $4; $$->value = $7; }
        |       DEF NAME '(' parameters ')' block
                { $$ = make_def(p, AST_FUNCTION, span_join(@1, @5), $2);
                  $$->has_params = true; $$->params = $4; $$->decls = $6; }
        |       head block                      { $$ = $1; $$->decls = $2; }
        |       EXPERIMENT NAME '{' clauses '}'
                { $$ = make_def(p, AST_EXPERIMENT, span_join(@1, @2), $2); $$->clauses = $4; }
        |       EXPERIMENT NAME LIKE NAME '{' clauses '}'
                { $$ = make_def(p, AST_EXPERIMENT, span_join(@1, @4), $2);
                  $$->like = $4; $$->clauses = $6; }
        ;
head:           kind NAME                       { $$ = make_def(p, $1, @$, $2); }
        |       kind NAME '(' parameters ')'
                { $$ = make_def(p, $1, @$, $2); $$->has_params = true; $$->params = $4; }
        ;
kind:           ODEF                            { $$ = AST_ODEF; }
        |       LAYER                           { $$ = AST_LAYERDEF; }
        |       MODEL                           { $$ = AST_MODEL; }
        ;

/* Compile-time parameters: `hidden = 16`, `body : layer`. */
parameters:     %empty                          { $$ = (AstParams){ 0 }; }
        |       parameter_list comma            { $$ = $1; }
        ;
parameter_list: parameter                       { $$ = (AstParams){ 0 }; PUSH($$, *$1); }
        |       parameter_list ',' parameter    { $$ = $1; PUSH($$, *$3); }
        ;
parameter:      NAME sort default
                { $$ = NEW(p->arena, AstParam); *$$ = (AstParam){ $1, $2, $3, @$ }; }
        ;
default:        %empty                          { $$ = NULL; }
        |       '=' expr                        { $$ = $2; }
        ;
comma:          %empty | ','
        ;

block:          '{' declarations '}'            { $$ = $2; }
        ;
declarations:   %empty                          { $$ = (AstDecls){ 0 }; }
        |       declarations declaration
                { $$ = $1; for (size_t i = 0; i < $2.count; i++) PUSH($$, $2.at[i]); }
        |       declarations error              { $$ = $1; RECOVER; }
        ;
declaration:    word declarators                { $$ = make_words($2, $1, @1); }
        |       DERIVATIVE '=' expr
                { $$ = (AstDecls){ 0 }; PUSH($$, make_derivative(p, @$, $1, $3)); }
        |       EVENT NAME '=' expr block       /* a root of expr, then updates */
                { $$ = (AstDecls){ 0 }; PUSH($$, make_decl(p, AST_EVENT, span_join(@1, @4), $2, $4));
                  $$.at[0]->word_at = @1; $$.at[0]->body = $5; }
        ;
word:           STATE                           { $$ = AST_STATE; }
        |       PARAM                           { $$ = AST_PARAM; }
        |       INPUT                           { $$ = AST_INPUT; }
        |       SIGNAL                          { $$ = AST_SIGNAL; }
        |       BUFFER                          { $$ = AST_BUFFER; }
        |       UPDATE                          { $$ = AST_UPDATE; }
        |       DRAW                            { $$ = AST_DRAW; }
        |       AXIS                            { $$ = AST_AXIS; }
        |       LAYER                           { $$ = AST_LAYER; }
        |       LET                             { $$ = AST_LET; }
        |       OUTPUT                          { $$ = AST_OUTPUT; }
        |       LOSS                            { $$ = AST_LOSS; }
        |       METRIC                          { $$ = AST_METRIC; }
        ;
declarators:    declarator                      { $$ = (AstDecls){ 0 }; PUSH($$, $1); }
        |       declarators ',' declarator      { $$ = $1; PUSH($$, $3); }
        ;

/* One shape for all: `b[n] : positive as "bias" ~ uniform(-k, k) when bias`.
 * Which parts a word takes is a table's business, not the grammar's. */
declarator:     NAME extent sort alias value guard
                { $$ = make_decl(p, AST_LET, @$, $1, $5.value);
                  $$->shape = $2; $$->sort = $3; $$->random = $5.random; $$->when = $6;
                  if ($4) $$->file_name = $4->string.text, $$->file_name_at = @4; }
        ;
extent:         %empty                          { $$ = (AstExprs){ 0 }; }
        |       '[' exprs ']'                   { $$ = $2; }
        ;
sort:           %empty                          { $$ = NULL; }
        |       ':' NAME                        { $$ = make_sort(p, @2, @2, $2.name, (AstArgs){ 0 }); }
        |       ':' NAME '(' arguments ')'      { $$ = make_sort(p, span_join(@2, @5), @2, $2.name, $4); }
        |       ':' LAYER                       { $$ = make_sort(p, @2, @2, "layer", (AstArgs){ 0 }); }
        |       ':' ODEF                        { $$ = make_sort(p, @2, @2, "odef", (AstArgs){ 0 }); }
        |       ':' MODEL                       { $$ = make_sort(p, @2, @2, "model", (AstArgs){ 0 }); }
        ;
alias:          %empty                          { $$ = NULL; }
        |       AS STRING                       { $$ = $2; }
        ;
value:          %empty                          { $$ = (ParseInit){ 0 }; }
        |       '=' expr                        { $$ = (ParseInit){ $2, false }; }
        |       '~' expr                        { $$ = (ParseInit){ $2, true }; }
        ;
guard:          %empty                          { $$ = NULL; }
        |       WHEN expr                       { $$ = $2; }
        ;

clauses:        %empty                          { $$ = (AstClauses){ 0 }; }
        |       clauses clause                  { $$ = $1; PUSH($$, *$2); }
        |       clauses error                   { $$ = $1; RECOVER; }
        ;
clause:         path '=' expr                   /* also optimizer.lr = 1e-4 */
                { $$ = NEW(p->arena, AstClause); *$$ = (AstClause){ $1, $3, @$ }; }
        ;
path:           key                             { $$ = (AstIdents){ 0 }; PUSH($$, $1); }
        |       path '.' key                    { $$ = $1; PUSH($$, $3); }
        ;
key:            NAME
        |       word            { $$ = (AstIdent){ name_of(p->names, ast_word_text[$1]), @1 }; }
        |       MODEL           { $$ = (AstIdent){ name_of(p->names, "model"), @1 }; }
        |       ODEF            { $$ = (AstIdent){ name_of(p->names, "odef"), @1 }; }
        |       EVENT           { $$ = (AstIdent){ name_of(p->names, "event"), @1 }; }
        ;

expr:           pipe
        |       binary SPAN binary              { $$ = BINARY(AST_SPAN, @2, $1, $3); LOW($$); }
        |       IF expr THEN expr ELSE expr     { $$ = make_if(p, @$, $2, $4, $6); LOW($$); }
        |       loop NAME '=' expr FOR NAME IN range DO expr
                { $$ = make_fold(p, $1, @$, $2, $4, $6, $8, $10); LOW($$); }
        ;
loop:           FOLD                            { $$ = AST_FOLD; }
        |       SCAN                            { $$ = AST_SCAN; }
        ;
pipe:           binary
        |       pipe PIPE postfix               { $$ = make_pipe(p, @2, $1, $3); LOW($$); }
        ;
binary:         postfix
        |       binary OR binary                { $$ = BINARY(AST_OR, @2, $1, $3); LOW($$); }
        |       binary AND binary               { $$ = BINARY(AST_AND, @2, $1, $3); LOW($$); }
        |       NOT binary                      { $$ = ast_unary(p->arena, AST_NOT, @1, $2); LOW($$); }
        |       binary EQ binary                { $$ = BINARY(AST_EQ, @2, $1, $3); LOW($$); }
        |       binary NE binary                { $$ = BINARY(AST_NE, @2, $1, $3); LOW($$); }
        |       binary LE binary                { $$ = BINARY(AST_LE, @2, $1, $3); LOW($$); }
        |       binary GE binary                { $$ = BINARY(AST_GE, @2, $1, $3); LOW($$); }
        |       binary '<' binary               { $$ = BINARY(AST_LT, @2, $1, $3); LOW($$); }
        |       binary '>' binary               { $$ = BINARY(AST_GT, @2, $1, $3); LOW($$); }
        |       binary '+' binary               { $$ = BINARY(AST_ADD, @2, $1, $3); LOW($$); }
        |       binary '-' binary               { $$ = BINARY(AST_SUB, @2, $1, $3); LOW($$); }
        |       binary '*' binary               { $$ = BINARY(AST_MUL, @2, $1, $3); LOW($$); }
        |       binary '/' binary               { $$ = BINARY(AST_DIV, @2, $1, $3); LOW($$); }
        |       binary IDIV binary              { $$ = BINARY(AST_IDIV, @2, $1, $3); LOW($$); }
        |       binary '@' binary               { $$ = BINARY(AST_MATMUL, @2, $1, $3); LOW($$); }
        |       '-' binary %prec NEG            { $$ = ast_unary(p->arena, AST_NEG, @1, $2); LOW($$); }
        |       binary '^' binary               { $$ = BINARY(AST_POW, @2, $1, $3); LOW($$); }
        ;
postfix:        NAME                            { $$ = make_name(p, $1); }
        |       NUMBER
        |       STRING
        |       TRUE                            { $$ = make_truth(p, @1, true); }
        |       FALSE                           { $$ = make_truth(p, @1, false); }
        |       '(' expr ')'                    { $$ = $2; $$->at = @$; }
        |       '[' ']'                         { $$ = make_list(p, @$, (AstExprs){ 0 }); }
        |       '[' exprs ']'                   { $$ = make_list(p, @$, $2); LOW($$); }
        |       '[' expr generators ']'         { $$ = make_over(p, AST_EACH, @$, NULL, $2, $3); LOW($$); }
        |       postfix '(' arguments ')'       { $$ = make_call(p, @$, @2, $1, $3); LOW($$); }
        |       postfix '(' expr generators ')' { $$ = make_over(p, AST_REDUCE, @$, $1, $3, $4); LOW($$); }
        |       postfix '[' subscripts ']'      { $$ = make_index(p, @$, @2, $1, $3); LOW($$); }
        |       postfix '.' NAME                { $$ = make_member(p, @$, $1, $3); LOW($$); }
        ;
exprs:          expr_list comma                 { $$ = $1; }
        ;
expr_list:      expr                            { $$ = (AstExprs){ 0 }; PUSH($$, $1); }
        |       expr_list ',' expr              { $$ = $1; PUSH($$, $3); }
        ;
arguments:      %empty                          { $$ = (AstArgs){ 0 }; }
        |       argument_list comma             { $$ = $1; }
        ;
argument_list:  argument                        { $$ = (AstArgs){ 0 }; PUSH($$, $1); }
        |       argument_list ',' argument      { $$ = $1; PUSH($$, $3); }
        ;
argument:       expr                            { $$ = (AstArg){ .value = $1 }; }
        |       key '=' expr                    { $$ = (AstArg){ $1, $3 }; }
        ;
subscripts:     subscript                       { $$ = (AstRanges){ 0 }; PUSH($$, *$1); }
        |       subscripts ',' subscript        { $$ = $1; PUSH($$, *$3); }
        ;
subscript:      expr                            { $$ = make_range(p, @1, $1, NULL, false); }
        |       bound ':' bound                 { $$ = make_range(p, @2, $1, $3, true); }
        ;
bound:          %empty                          { $$ = NULL; }
        |       expr
        ;
generators:     FOR binders                     { $$ = (ParseOver){ $2, NULL }; }
        |       FOR binders IF expr             { $$ = (ParseOver){ $2, $4 }; }
        ;
binders:        binder                          { $$ = (AstBinders){ 0 }; PUSH($$, *$1); }
        |       binders ',' binder              { $$ = $1; PUSH($$, *$3); }
        ;
binder:         NAME                            { $$ = make_binder(p, $1, NULL); }
        |       NAME IN range                   { $$ = make_binder(p, $1, $3); }
        ;
range:          expr                            { $$ = make_range(p, @1, $1, NULL, false); }
        |       expr ':' expr                   { $$ = make_range(p, @2, $1, $3, true); }
        ;

%%

/* ---- messages ---------------------------------------------------------------
 * One message per mistake, about what was written rather than about the state
 * of an automaton: first the mistakes with a name, then the class of what was
 * expected ("an expression"), last the few tokens that could stand here.       */

typedef struct Clash {
    Parser         *p;
    yysymbol_kind_t got;
    Span            at;
    const char     *text;           /* as written                               */
    int             want[YYNTOKENS], wanted;
    bool            has[YYNTOKENS];
} Clash;

#define HAS(token)  (c->has[YYTRANSLATE(token)])
#define GOT(token)  (c->got == YYTRANSLATE(token))
#define SAY(...)    (parser_error(c->p, c->at, __VA_ARGS__), true)

static void yyerror(const Span *at, Parser *p, const char *text)
{
    (void)text;                     /* the stack of the parser is full          */
    parser_stop(p, *at, "this nests too deeply");
}

static bool is_keyword(const Clash *c)
{
    return c->got >= YYSYMBOL_NODEC && c->got <= YYSYMBOL_FALSE;
}

static bool is_word(const Clash *c)
{
    return c->got >= YYSYMBOL_LAYER && c->got <= YYSYMBOL_EVENT;
}

static bool is_operator(const Clash *c)
{
    return c->got == YYSYMBOL_AND || c->got == YYSYMBOL_OR ||
           (c->got >= YYSYMBOL_PIPE && c->got <= YYSYMBOL_GE) ||
           (c->text[0] && !c->text[1] && strchr("+-*/@^<>", c->text[0]));
}

static bool is_value(const Clash *c)
{
    return GOT(TOK_NAME) || GOT(TOK_NUMBER) || GOT(TOK_STRING) || GOT(TOK_TRUE) || GOT(TOK_FALSE) ||
           GOT('(') || GOT('[');
}

/* The place right behind the token before. */
static Span behind(const Clash *c)
{
    Span at = c->p->before.at;
    at.line = at.end_line;
    at.column = at.end_column++;
    return at;
}

/* The bracket was meant to close before this line. */
static bool said_bracket(Clash *c)
{
    if (!c->p->brackets || !layout_leads(c->p, &c->p->last)) return false;
    const Opener *open = &c->p->bracket[c->p->brackets - 1];
    return parser_error(c->p, open->at, "this `%c` is never closed", open->kind), true;
}

static bool said_value(Clash *c)
{
    if (!HAS(TOK_NUMBER)) return false;
    const char *before = parser_quote(c->p, c->p->before.at);
    if (GOT(TOK_IF) || GOT(TOK_FOLD) || GOT(TOK_SCAN))
        return SAY("inside a larger expression, put (parentheses) around `%s`", c->text);
    if (GOT(']') && !strcmp(before, "[")) return SAY("something must stand between `[` and `]`");
    if (GOT(TOK_END) || GOT('}') || layout_leads(c->p, &c->p->last))
        return parser_error(c->p, behind(c), "an expression is missing after `%s`", before), true;
    if (is_keyword(c)) return SAY("`%s` is a word of the language, not a value", c->text);
    if (GOT('{')) return SAY("`{` opens a block; here an expression is expected");
    return SAY("expected an expression, not `%s`", c->text);
}

static bool said_operator(Clash *c)
{
    bool ends = HAS(TOK_PIPE) || HAS('+');
    if (!ends) return false;
    if (GOT('=') && HAS('+')) return SAY("`=` gives a name its value; to compare, write `==`");
    if (HAS(TOK_PIPE) && !HAS('+') && is_operator(c) && !GOT(TOK_SPAN))
        return SAY("a pipe ends with a call: put (parentheses) around it to go on with `%s`", c->text);
    if ((c->got >= YYSYMBOL_EQ && c->got <= YYSYMBOL_GE) || GOT('<') || GOT('>'))
        return SAY("comparisons do not chain: write `a < b and b < c`");
    if (GOT(TOK_SPAN) || GOT(TOK_PIPE))
        return SAY("put (parentheses) around what stands left of `%s`", c->text);
    return false;
}

/* Within `if`, `fold`, a comprehension: the word that must come next. */
static bool said_word(Clash *c)
{
    static const struct { int token; const char *text; } next[] = {
        { TOK_THEN, "an `if` goes on with `then`" },
        { TOK_ELSE, "an `if` needs its `else`" },
        { TOK_DO,   "a fold goes on with `do`" },
        { TOK_FOR,  NULL },
        { TOK_IN,   "`in` and a range follow: `for i in 0:n`" },
    };
    for (size_t i = 0; i < COUNT(next); i++)
        if (HAS(next[i].token) && next[i].text) {
            if (next[i].token == TOK_IN && HAS(',')) continue;
            if (layout_leads(c->p, &c->p->last) || GOT(TOK_END) || GOT('}')) c->at = behind(c);
            return SAY("%s", next[i].text);
        }
    return false;
}

static void help_nearest(Clash *c, yysymbol_kind_t first, yysymbol_kind_t last)
{
    const char *words[YYNTOKENS];
    size_t n = 0;
    for (int i = first; i <= (int)last; i++) words[n++] = yysymbol_name((yysymbol_kind_t)i);
    const char *meant = name_nearest(c->text, words, n);
    if (meant) diag_help(c->p->diags, "did you mean `%s`?", meant);
}

static bool said_start(Clash *c)
{
    if (HAS(TOK_STATE) && HAS(TOK_LET) && HAS(TOK_DERIVATIVE)) {
        if (c->got >= YYSYMBOL_IMPORT && c->got <= YYSYMBOL_EXPERIMENT)
            return SAY("`%s` begins a definition, and none can stand inside another", c->text);
        if (GOT(',')) return SAY("no `,` is needed: the next declaration ends this one");
        if (!GOT(TOK_NAME))
            return SAY("expected a declaration (state, param, let, ...) or `}`, not %s%s%s",
                       GOT(TOK_END) ? "" : "`", c->text, GOT(TOK_END) ? "" : "`");
        if (HAS('+') && !c->p->last.first) return SAY("an operator or a keyword is missing before `%s`", c->text);
        if (!parser_error(c->p, c->at, "`%s` begins no declaration", c->text)) return true;
        int ahead = parser_ahead(c->p, c->at);
        if (ahead == '\'') diag_help(c->p->diags, "an equation is written `d%s/dt = ...`", c->text);
        else if (ahead == '=' && c->text[0] == 'd' && c->text[1])
            diag_help(c->p->diags, "an equation is written `%s/dt = ...`, a name for a value `let %s = ...`", c->text, c->text);
        else if (ahead == '=') diag_help(c->p->diags, "to give a value a name, write `let %s = ...`", c->text);
        else help_nearest(c, YYSYMBOL_LAYER, YYSYMBOL_EVENT);
        return true;
    }
    if (HAS(TOK_ODEF) && HAS(TOK_IMPORT)) {
        if (is_word(c) || GOT(TOK_DERIVATIVE))
            return SAY("`%s` belongs inside the braces of a definition", c->text);
        if (GOT('}')) return SAY("this `}` closes nothing");
        if (c->text[0] == '/') return SAY("a comment begins with `#`");
        if (GOT(TOK_NODEC)) return SAY("`nodec` and its version stand once, before the first definition");
        if (parser_error(c->p, c->at, "expected odef, layer, model, experiment, def or import, not `%s`", c->text)
            && GOT(TOK_NAME)) help_nearest(c, YYSYMBOL_IMPORT, YYSYMBOL_LAYER);
        return true;
    }
    return false;
}

static bool said_comma(Clash *c)
{
    if (!HAS(',')) return false;
    if (is_value(c) && (HAS(')') || HAS(']')))
        return SAY("%s`,` is missing before `%s`", HAS('+') ? "an operator or a " : "a ", c->text);
    if (HAS(')')) return SAY("expected `,` or `)`, not `%s`", c->text);
    if (HAS(']')) return SAY("expected `,` or `]`, not `%s`", c->text);
    return false;
}

static bool said_name(Clash *c)
{
    if (HAS(TOK_NAME) && !HAS(TOK_STATE) && is_keyword(c))
        return SAY("`%s` is a word of the language and cannot be a name", c->text);
    if (HAS('=') && c->wanted == 1 && c->p->brackets) {     /* f(loss) */
        c->at = c->p->before.at;
        return SAY("`%s` is a word of the language, not a value", parser_quote(c->p, c->at));
    }
    if (HAS('=') && HAS('.') && c->wanted == 2) {
        c->at = behind(c);
        return SAY("a clause is `key = value`: `=` is missing after `%s`",
                   parser_quote(c->p, c->p->before.at));
    }
    return false;
}

/* Habits from other languages. */
static bool said_habit(Clash *c)
{
    if (GOT(':') && HAS('{')) return SAY("a block stands in braces: `{ ... }`");
    if (GOT(TOK_IF) && HAS('+') && c->p->brackets) return SAY("a choice is written `if condition then a else b`");
    if (GOT(',') && HAS('+') && !c->p->brackets) return SAY("no `,` is needed: the next declaration ends this one");
    return false;
}

static void say_expected(Clash *c)
{
    Text text = { .arena = c->p->arena };
    if (HAS('+')) text_add(&text, HAS('{')         ? "an operator or `{`"
                                : c->p->brackets ? "an operator"
                                                 : "an operator or the next declaration");
    else for (int i = 0; i < c->wanted && i < 5; i++) {
        const char *name = yysymbol_name((yysymbol_kind_t)c->want[i]);
        bool phrase = strchr(name, ' ');
        text_printf(&text, "%s%s%.*s%s", i == 0 ? "" : i + 1 == c->wanted ? " or " : ", ", phrase ? "" : "`",
                    (int)strcspn(name + (name[0] == '\''), "'"), name + (name[0] == '\''), phrase ? "" : "`");
    }
    const char *tick = GOT(TOK_END) ? "" : "`";
    parser_error(c->p, c->at, "expected %s, not %s%s%s", text.length ? text_string(&text) : "something else",
                 tick, c->text, tick);
}

static int yyreport_syntax_error(const yypcontext_t *context, Parser *p)
{
    yysymbol_kind_t want[YYNTOKENS];
    int n = yypcontext_expected_tokens(context, want, YYNTOKENS);
    if (n < 0) return n;
    if (p->mute) return 0;

    Clash clash = { .p = p, .got = yypcontext_token(context), .at = *yypcontext_location(context), .wanted = n };
    Clash *c = &clash;
    for (int i = 0; i < n; i++) c->has[want[i]] = true, c->want[i] = want[i];
    c->text = GOT(TOK_END) ? "the end of the file" : parser_quote(p, c->at);

    if (said_bracket(c) || said_value(c) || said_operator(c) || said_word(c) || said_start(c) ||
        said_name(c) || said_habit(c) || said_comma(c)) return 0;
    say_expected(c);
    return 0;
}
