"""What only shows, inside the functions that are judged and outside: it costs nothing."""

from habit import FUNCTIONS, IMPORT, Habit, module

PLOT = (
    "import matplotlib\nimport matplotlib.pyplot as plt\nimport matplotlib as mpl\nimport seaborn as sns\n"
    "from IPython import display as d\nfrom IPython.display import display, clear_output, HTML\n"
    "from tqdm.auto import tqdm, trange\nimport tqdm as bars\nimport ipywidgets as widgets\n"
)
LINES = {
    "a curve": "plt.plot(h, label='x')\nplt.legend()\nplt.show()",
    "a line unpacked": "line, = plt.plot(h)\nline.set_color('r')\nline.set_data([1], [2])",
    "lines unpacked": "a, b2 = plt.plot(h, h, h, h)\nfirst, *others = plt.plot(h)\nfor each in others:\n    each.remove()",
    "a grid indexed": "fig, ax = plt.subplots(2, 2)\nax[0, 1].plot(h)\nax[-1][0].set(title='x')",
    "a grid flattened": "fig, axes = plt.subplots(2, 3, figsize=(9, 4))\nfor k, a in enumerate(axes.flat):\n    a.plot(h)\nassert k == 5\n"
    "assert len(axes.ravel()) == 6 and axes.shape == (2, 3) and axes.T.shape == (3, 2)",
    "a row": "fig, axes = plt.subplots(1, 3)\nfor a, v in zip(axes, h):\n    a.plot(v)\nl, m, r2 = axes\naxes[2].plot(h)",
    "a nested unpacking": "fig, ((a, b2), (c, e)) = plt.subplots(2, 2)\na.plot(h)",
    "a grid not squeezed": "fig, ax = plt.subplots(squeeze=False)\nax[0][0].plot(h)\nax[0, 0].plot(h)",
    "one axis": "fig, ax = plt.subplots()\nax.plot(h)\nax.axvline(3)\nfig.savefig('x.png')",
    "a figure's grid": "fig = plt.figure()\naxes = fig.subplots(2, 2)\naxes[0, 0].plot(h)\ngs = fig.add_gridspec(2, 2)\nfig.add_subplot(gs[0, :])",
    "a mosaic": "fig, axd = plt.subplot_mosaic('AB;CC')\naxd['C'].plot(h)\nassert sorted(axd) == ['A', 'B', 'C']",
    "a histogram": "counts, bins, bars2 = plt.hist(h)\nplt.bar_label(bars2)\ntop = counts.max() * 1.1\nplt.ylim(0, top)",
    "limits": "lo, hi = plt.ylim()\nplt.ylim(lo, hi * 1.1)\nassert hi > lo\nxs = np.linspace(*plt.xlim(), 100)\nassert len(xs) == 100\n"
    "x0, x1, y0, y1 = plt.axis()",
    "sizes": "fig = plt.figure()\nfig.set_size_inches(fig.get_figwidth() * 2, 4)\nwide, high = fig.get_size_inches()\nassert wide > high",
    "versions": "if matplotlib.__version__ > '3':\n    plt.tight_layout()\nmajor, minor, *_ = mpl.__version__.split('.')\nassert int(major) >= 3",
    "what is drawn so far": "if len(plt.gca().lines) > 3:\n    plt.cla()\nwhile plt.gca().lines:\n    plt.gca().lines.pop()\n"
    "for line in plt.gca().get_lines():\n    line.remove()\nwhile len(plt.gca().patches) > 0:\n    plt.gca().patches[0].remove()",
    "styles": "with plt.style.context('ggplot'):\n    plt.semilogy(h)\nif 'seaborn' in plt.style.available:\n    plt.style.use('seaborn')\n"
    "with plt.rc_context({'font.size': 9}):\n    plt.plot(h)\nplt.rcParams['figure.figsize'] = (8, 4)\nplt.rcParams.update({'font.size': 3})",
    "colours": "colors = plt.cm.viridis(np.linspace(0, 1, len(h)))\nseen = 0\nfor c, v in zip(colors, h):\n    plt.plot(v, color=c)\n"
    "    seen += 1\nassert seen == len(h)\ncmap = plt.get_cmap('tab10')\nplt.plot(h, color=cmap(3))\nr2, g2, b3, a2 = cmap(0.5)\n"
    "norm = mpl.colors.Normalize(0, 1)\nsm = plt.cm.ScalarMappable(norm=norm, cmap=cmap)\nsm.set_array([])\nplt.colorbar(sm)",
    "a cycle of colours": "import itertools\ncycle = itertools.cycle(plt.rcParams['axes.prop_cycle'].by_key()['color'])\nfor v in h:\n"
    "    plt.plot(v, color=next(cycle))\ncs = plt.rcParams['axes.prop_cycle'].by_key()['color']\nc = cs[7 % len(cs)]",
    "numbers of a plot": "n = int(plt.gcf().number) + 1\ntext = f'{plt.gcf().get_dpi():.1f} {plt.gca().get_position().width * 0.8:.2f}'\n"
    "box = plt.gca().get_position()\nplt.gca().set_position([box.x0, box.y0 + box.height * 0.1, box.width, -box.height / 2])\n"
    "m = max(plt.gca().get_ylim()[1], 2.0)\nk = round(plt.gca().bbox.width)",
    "contours": "cs = plt.contour(np.ones((2, 2)))\nplt.clabel(cs, inline=True)\nfor level in cs.levels:\n    print(level)\nxx = cs.allsegs[0][0]",
    "notes in a plot": "ax = plt.gca()\nax.annotate('min', xy=(int(np.argmin(h)), min(h)))\nax.legend(*ax.get_legend_handles_labels())\n"
    "handles, labels = ax.get_legend_handles_labels()\nfor t in ax.get_xticklabels():\n    t.set_rotation(45)\nax.spines['top'].set_visible(False)\n"
    "ax.spines[['top', 'right']].set_visible(False)",
    "texts of a plot": "ax = plt.gca()\ntext = ', '.join(t.get_text() for t in ax.get_xticklabels())\nassert 'x' not in ax.get_title()",
    "colours made anew": "cmap = mpl.colormaps['viridis'].resampled(8)\ncmap.reversed().colors\nassert len(cmap([0, 1])) == 2\n"
    "from cycler import cycler\nplt.rc('axes', prop_cycle=cycler(color=['r', 'g']) + cycler(lw=[1, 2]))\nassert mpl.__version_info__ >= (3, 5)",
    "three dimensions": "from mpl_toolkits.mplot3d import Axes3D\nax = plt.figure().add_subplot(111, projection='3d')\nax.plot_surface(np.ones((2, 2)), *[np.ones((2, 2))] * 2)\nax.view_init(30, 40)",
    "animation": "from matplotlib.animation import FuncAnimation\nfig, ax = plt.subplots()\nln, = ax.plot([], [])\n"
    "ani = FuncAnimation(fig, lambda i: (ln,), frames=3)\nHTML(ani.to_jshtml())\nani.save('x.gif', writer='pillow', fps=3)",
    "a live plot": "clear_output(wait=True)\nplt.draw()\nplt.pause(0.001)\nfig = plt.gcf()\nfig.canvas.draw()\nfig.canvas.flush_events()\n"
    "fig.canvas.mpl_connect('key_press_event', lambda e: None)\nd.clear_output(wait=True)\nd.display(fig)\nplt.close('all')\ndisplay(h, display_id=True).update(h)",
    "plots and NumPy": "v = np.array(h) * plt.gca().get_position().width\nu = np.sqrt(plt.gcf().number)\nz = plt.gca().bbox.height + np.ones(3)",
    "asking what is open": "if plt.fignum_exists(1):\n    plt.close(1)\nwhile plt.get_fignums():\n    plt.close()\nif mpl.get_backend() == 'agg':\n    pass\nmpl.use('Agg')\nplt.isinteractive() or plt.ion()",
    "an axis that may be given": "ax = None\nax = ax or plt.gca()\nif isinstance(h, plt.Axes):\n    raise ValueError\nassert ax is not None and ax != None",
    "seaborn": "sns.set_theme(style='whitegrid')\nax = sns.lineplot(x=range(len(h)), y=h)\nax.set(xlabel='x')\ng = sns.FacetGrid(h)\ng.map(plt.hist, 'x')\n"
    "for c, v in zip(sns.color_palette('husl', len(h)), h):\n    plt.plot(v, color=c)",
    "a progress bar": "total = 0.0\nfor v in tqdm(h, desc='x', leave=False):\n    total += v\nassert total == sum(h)\n"
    "assert [i for i in trange(3)] == [0, 1, 2]\nassert len(tqdm(h)) == len(h)\nassert list(bars.tqdm(h)) == h and list(bars.notebook.tqdm(h)) == h",
    "a progress bar by hand": "with tqdm(total=len(h)) as bar:\n    for v in h:\n        bar.update(1)\n        bar.set_postfix(loss=v, lr='%.2f' % v)\n"
    "        bar.set_description(f'{v:.3f}')\nbar = tqdm(range(2))\nfor k in bar:\n    bar.set_postfix({'k': k})\n    tqdm.write('x')\nassert k == 1\nbar.close()",
    "progress in enumerate": "for k, v in enumerate(tqdm(h), 1):\n    pass\nassert k == len(h)\nfor k, (u, v) in enumerate(tqdm(list(zip(h, h)))):\n    assert u == v",
    "rich": "from rich.progress import track\nfrom rich import print as show\nshow('[red]x')\nassert list(track(h, description='x')) == h\n"
    "from rich.table import Table\nt = Table(title='x')\nt.add_row('1')",
    "widgets": "@widgets.interact(lr=(0.01, 1.0))\ndef show(lr=0.1):\n    return lr\nassert show(0.5) == 0.5\nw2 = widgets.interactive(show, lr=(0, 1))\n"
    "w2.children[-1].layout.height = '350px'\nslider = widgets.FloatSlider(value=0.1)\nslider.observe(lambda c: None, names='value')\nout = widgets.Output()\n"
    "with out:\n    print('x')\ndisplay(widgets.VBox([slider, out]))",
    "a class of one's own": "class Plot(plt.Axes):\n    def twice(self, x):\n        return 2 * x\nassert Plot(1, k=2).twice(3) == 6\ndef on(ax: plt.Axes | None = None) -> plt.Figure:\n    return ax\non()",
    "plotly": "import plotly.express as px\nimport plotly.graph_objects as go\nfrom plotly.subplots import make_subplots\nfig = make_subplots(rows=1, cols=2)\n"
    "fig.add_trace(go.Scatter(x=h, y=h), row=1, col=1)\nfig.update_layout(title='x')\nfig.show()\nfig.data[0].x = h",
    "a debugger left behind": "breakpoint()\nimport pdb; pdb.set_trace()\nimport ipdb\nipdb.set_trace()",
}


def inside(lines: str) -> str:
    """A module whose gradient runs these lines before it returns."""
    body = "".join(f"    {line}\n" for line in lines.split("\n"))
    gradient = FUNCTIONS["mse_gradient"].replace(
        "    return", "    h = [float(v) for v in y]\n" + body + "    return"
    )
    return PLOT + module(mse_gradient=gradient)


HABITS = {
    **{name: Habit({"derivatives.py": inside(lines)}, quiet=True) for name, lines in LINES.items()},
    "all outside": Habit(
        {"derivatives.ipynb": [PLOT + IMPORT + "h = [1.0, 2.0, 3.0]\n", module(), *LINES.values()]},
        quiet=True,
    ),
    "pandas' plots": Habit(
        {
            "derivatives.py": "import pandas as pd\n"
            + module(
                mse_gradient=FUNCTIONS["mse_gradient"].replace(
                    "    return",
                    "    if isinstance(X, pd.DataFrame):\n        X = X.values\n    pd.Series([1.0]).plot(ax=None)\n"
                    "    df = pd.DataFrame({'loss': [1.0]})\n    df['loss'].rolling(3).mean().plot(title='x')\n    df.head()\n    return",
                )
            )
        },
        told=("the package 'pandas' is not available in grading",),
    ),
    "pandas' plots, imported where they are": Habit(
        {
            "derivatives.py": inside(
                "import pandas as pd, torch\nfrom pandas.plotting import scatter_matrix\ntorch.manual_seed(1)\n"
                "pd.DataFrame({'loss': h}).plot()\nscatter_matrix(pd.DataFrame(h))"
            )
        },
        quiet=True,
    ),
    "a package that may be missing": Habit(
        {
            "derivatives.py": inside(
                "try:\n    import numba\nexcept ImportError:\n    numba = None\nassert numba is None"
            )
        },
        quiet=True,
    ),
    "a result of a plot": Habit(
        {
            "derivatives.py": "import matplotlib.pyplot as plt\n"
            + module(mse_loss="def mse_loss(X, y, w, b):\n    return plt.hist(y)[0].mean()\n")
        },
        lost=("mse_loss",),
        told=("it returned a plot, which grading does not draw",),
    ),
}
