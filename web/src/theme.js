// Light or dark: as the system says until the reader chooses.

const dark = matchMedia('(prefers-color-scheme: dark)');

const chosen = root => root.dataset.theme ?? (dark.matches ? 'dark' : 'light');

export function setUpTheme(page, onChange) {
    const root = page.documentElement;
    const button = page.createElement('button');
    button.type = 'button';
    button.id = 'theme';
    const label = () => { button.textContent = chosen(root) === 'dark' ? '☀ Light' : '☾ Dark'; };
    button.addEventListener('click', () => {
        root.dataset.theme = chosen(root) === 'dark' ? 'light' : 'dark';
        label();
        onChange();
    });
    dark.addEventListener('change', () => {
        label();
        onChange();
    });
    label();
    page.querySelector('nav').append(button);
}
